package io.sightline.hub.spine;

import io.sightline.processors.SpineSender;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQTopic;
import org.apache.camel.Exchange;

/** Sends in this process, durably; the call returns after the journal has synced. Any thread, each with its session. */
final class JmsSpineSender implements SpineSender {
    private final ConnectionFactory connections;

    JmsSpineSender(ConnectionFactory connections) {
        this.connections = connections;
    }

    @Override
    public void send(String address, byte[] bytes, Map<String, Object> headers) throws Exception {
        try (var connection = connections.createConnection();
                var session = connection.createSession();
                var producer = session.createProducer(null)) {
            var message = session.createBytesMessage();
            message.writeBytes(bytes);
            Object type = headers.getOrDefault(Exchange.CONTENT_TYPE, SpineMessages.CLOUD_EVENT);
            SpineMessages.type(message, type.toString());
            for (String trace : SpineHeaders.TRACE) {
                if (headers.get(trace) instanceof String value) {
                    message.setStringProperty(trace, value);
                }
            }
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producer.send(new ActiveMQTopic(address), message);
        }
    }
}
