package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.spine.accounts.EventNumber;
import io.sightline.processors.SpineSender;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQTopic;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Sends in this process, durably; the call returns after the journal has synced. In a transaction, because each sink gets a
 * copy of its own: after a crash all of them have it, or none. Any thread, each with its session.
 */
final class JmsSpineSender implements SpineSender {
    private final ConnectionFactory connections;
    private final Accounts accounts;

    JmsSpineSender(ConnectionFactory connections, Accounts accounts) {
        this.connections = connections;
        this.accounts = accounts;
    }

    @Override
    public void send(String address, byte[] bytes, Map<String, Object> headers) throws Exception {
        EventNumber number = headers.get(EventMarks.SEQUENCE) instanceof String sequence
                ? EventNumber.of(address, sequence).orElse(null)
                : null;
        accounts.send(number, () -> send(new Outgoing(address, bytes, number), headers));
    }

    private void send(Outgoing event, Map<String, Object> headers) throws JMSException {
        try (var connection = connections.createConnection();
                var session = connection.createSession(Session.SESSION_TRANSACTED);
                var producer = session.createProducer(null)) {
            var message = session.createBytesMessage();
            message.writeBytes(event.bytes());
            Object type = headers.getOrDefault(Exchange.CONTENT_TYPE, SpineMessages.CLOUD_EVENT);
            SpineMessages.type(message, type.toString());
            for (String trace : SpineHeaders.TRACE) {
                if (headers.get(trace) instanceof String value) {
                    message.setStringProperty(trace, value);
                }
            }
            if (event.number() != null) {
                EventMarks.write(message, event.number());
            }
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producer.send(new ActiveMQTopic(event.address()), message);
            session.commit();
        }
    }

    private record Outgoing(
            String address, byte[] bytes, @Nullable EventNumber number) {}
}
