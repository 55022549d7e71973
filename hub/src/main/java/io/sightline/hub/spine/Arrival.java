package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.Incoming;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an event came out of a sink's queue. Used while its transaction lasts.
 *
 * @param message as it came; null of a route that does not begin at a queue of the spine
 * @param body of such a route
 */
record Arrival(Incoming event, @Nullable Message message, byte[] body) {
    private static final byte[] NOTHING = new byte[0];

    static Arrival of(Message message) throws JMSException {
        return new Arrival(EventMarks.read(message), message, NOTHING);
    }

    static Arrival unknown(byte[] body) {
        return new Arrival(new Incoming("", null, false), null, body);
    }

    /** As they are on the spine. */
    byte[] bytes() throws JMSException {
        return message == null ? body : SpineMessages.bytes(message);
    }

    /** Whether the broker says that it was on its way before. */
    boolean again() throws JMSException {
        return message != null && message.getJMSRedelivered();
    }

    /** How often it was tried before it became a dead letter that is replayed. */
    int attempts() throws JMSException {
        return message == null ? 0 : DeadLetters.attempts(message);
    }

    /** When that was begun. */
    Optional<Instant> first() throws JMSException {
        return message == null ? Optional.empty() : DeadLetters.first(message);
    }
}
