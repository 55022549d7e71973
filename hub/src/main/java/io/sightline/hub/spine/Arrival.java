package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.Incoming;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * How an event came out of a sink's queue.
 *
 * @param bytes as they are on the spine
 * @param again whether the broker says that it was on its way before
 * @param attempts how often it was tried before it became a dead letter that is replayed
 * @param first when that was begun
 */
record Arrival(Incoming event, byte[] bytes, boolean again, int attempts, Optional<Instant> first) {

    static Arrival of(Message message) throws JMSException {
        return new Arrival(
                EventMarks.read(message),
                SpineMessages.bytes(message),
                message.getJMSRedelivered(),
                DeadLetters.attempts(message),
                DeadLetters.first(message));
    }

    /** Of a route that does not begin at a queue of the spine. */
    static Arrival unknown(byte[] bytes) {
        return new Arrival(new Incoming("", null, false), bytes, false, 0, Optional.empty());
    }
}
