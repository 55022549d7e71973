package io.sightline.hub.spine;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.springframework.jms.core.JmsTemplate;

/** Puts events once more into the queue of a sink, because somebody asked for that. Any thread. */
public final class Replays {
    private static final String MARK = "SightlineReplay";

    private final JmsTemplate jms;
    private final Spine spine;

    Replays(ConnectionFactory connections, Spine spine) {
        this.spine = spine;
        jms = new JmsTemplate(connections);
        jms.setSessionTransacted(true);
    }

    /**
     * All of them or none, in this order, behind what waits; on the disk when it returns.
     *
     * @param sink its name
     * @throws IllegalStateException if the sink has no queue
     */
    public void send(String sink, List<byte[]> events) {
        String queue = Spine.SINKS + sink;
        if (!spine.exists(queue)) {
            throw new IllegalStateException("queue " + queue + " does not exist; start the route that reads it first");
        }
        jms.execute(
                session -> {
                    try (var producer = session.createProducer(session.createQueue(queue))) {
                        for (byte[] event : events) {
                            var message = session.createBytesMessage();
                            message.writeBytes(event);
                            SpineMessages.type(message, SpineMessages.CLOUD_EVENT);
                            message.setBooleanProperty(MARK, true);
                            producer.send(message);
                        }
                        session.commit();
                    }
                    return true;
                },
                true);
    }

    /** Whether an exchange that came from the queue of a sink holds such an event. */
    public static boolean isReplay(Exchange exchange) {
        try {
            return exchange.getMessage() instanceof JmsMessage message
                    && message.getJmsMessage() != null
                    && message.getJmsMessage().getBooleanProperty(MARK);
        } catch (JMSException e) {
            return false;
        }
    }
}
