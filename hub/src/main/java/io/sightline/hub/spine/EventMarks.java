package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.EventNumber;
import io.sightline.hub.spine.accounts.Incoming;
import io.sightline.processors.SightlineHeaders;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the hub writes on a message beside the event's bytes, so that a sink knows its number without reading them. Clients
 * may see it; nobody but the hub can write it.
 */
final class EventMarks {
    /** Kind and key, for example {@code detections.gate}. */
    static final String SOURCE = "SightlineSource";

    static final String SEQUENCE = SightlineHeaders.SEQUENCE;

    /** Why it was rejected; only a dead letter has it, also while it is replayed. */
    static final String CAUSE = "SightlineCause";

    private EventMarks() {}

    static void write(Message message, EventNumber number) throws JMSException {
        message.setStringProperty(SOURCE, number.source());
        message.setStringProperty(SEQUENCE, number.sequence());
    }

    static Incoming read(Message message) throws JMSException {
        return new Incoming(
                String.valueOf(message.getJMSMessageID()), number(message).orElse(null), message.propertyExists(CAUSE));
    }

    static Optional<EventNumber> number(Message message) throws JMSException {
        return EventNumber.of(message.getStringProperty(SOURCE), message.getStringProperty(SEQUENCE));
    }

    /** The same of a message as the broker has it; what was a dead letter has none, its number was seen before. */
    static Optional<EventNumber> number(org.apache.activemq.artemis.api.core.Message message) {
        return EventNumber.of(text(message, SOURCE), text(message, SEQUENCE));
    }

    static @Nullable String text(org.apache.activemq.artemis.api.core.Message message, String property) {
        Object value = message.getObjectProperty(property);
        return value == null ? null : value.toString();
    }
}
