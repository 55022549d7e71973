package io.sightline.hub.peers;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * A plain JMS consumer as an enterprise system has one: {@code URL USER PASSWORD read TOPIC COUNT} prints so many bodies
 * and ends; {@code URL USER PASSWORD durable TOPIC NAME} prints what comes to a durable subscription, through
 * reconnects, until it is stopped, each line out before its message is acknowledged.
 */
public final class JmsProbe {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private JmsProbe() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("logback.configurationFile", "io/sightline/hub/launcher/logback-tools.xml");
        boolean durable = "durable".equals(arguments[3]);
        String reconnect = durable ? "?reconnectAttempts=-1&initialConnectAttempts=-1&retryInterval=200" : "";
        try (var connections = new ActiveMQConnectionFactory(arguments[0] + reconnect, arguments[1], arguments[2]);
                JMSContext context = connections.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
            if (durable) {
                context.setClientID("probe-" + arguments[5]);
                follow(context.createDurableConsumer(context.createTopic(arguments[4]), arguments[5]));
            } else {
                JMSConsumer consumer = context.createConsumer(context.createTopic(arguments[4]));
                for (int left = Integer.parseInt(arguments[5]); left > 0; left--) {
                    print(consumer.receive(30_000));
                }
            }
        }
    }

    private static void follow(JMSConsumer consumer) throws JMSException {
        while (true) {
            try {
                Message message = consumer.receive(1_000);
                if (message != null) {
                    print(message);
                    message.acknowledge();
                }
            } catch (JMSException | JMSRuntimeException e) {
                System.err.println("reconnecting: " + e.getMessage());
            }
        }
    }

    private static void print(Message message) throws JMSException {
        if (!(message instanceof BytesMessage bytes)) {
            throw new IllegalStateException("expected a BytesMessage, got " + message);
        }
        OUT.println(new String(bytes.getBody(byte[].class), StandardCharsets.UTF_8));
    }
}
