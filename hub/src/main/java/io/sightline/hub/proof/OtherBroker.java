package io.sightline.hub.proof;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A broker that is not ours to look after: one address for MQTT, one queue for JMS, everything read at once. */
final class OtherBroker implements AutoCloseable {
    static final String MQTT = "mqtt";
    static final String JMS = "jms";

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final ActiveMQConnectionFactory connections;
    private final JMSContext context;

    /** @param arrival name of the address and the event */
    OtherBroker(BiConsumer<String, byte[]> arrival) throws IOException {
        try {
            var settings = new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .addAcceptorConfiguration("all", "tcp://127.0.0.1:0?protocols=CORE,MQTT");
            broker.setConfiguration(settings);
            broker.start();
        } catch (Exception e) {
            throw new IOException("the other broker does not start: " + e.getMessage(), e);
        }
        connections = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port());
        context = connections.createContext();
        context.createConsumer(context.createTopic(MQTT)).setMessageListener(message -> take(MQTT, message, arrival));
        context.createConsumer(context.createQueue(JMS)).setMessageListener(message -> take(JMS, message, arrival));
    }

    private static void take(String address, Message message, BiConsumer<String, byte[]> arrival) {
        try {
            arrival.accept(address, message.getBody(byte[].class));
        } catch (JMSException e) {
            throw new IllegalStateException("not bytes: " + e.getMessage(), e);
        }
    }

    int port() {
        return ((NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("all")).getActualPort();
    }

    @Override
    public void close() throws IOException {
        context.close();
        connections.close();
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IOException("the other broker does not stop: " + e.getMessage(), e);
        }
    }
}
