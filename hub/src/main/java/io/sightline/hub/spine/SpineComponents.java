package io.sightline.hub.spine;

import java.time.Duration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.component.jms.JmsMessageType;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * The Camel component {@code spine:}, which is JMS inside this process under the hub's own login. Sends are durable and
 * return after the journal has them; consumers are transacted.
 */
final class SpineComponents {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SpineComponents() {}

    /** Of the hub only: no bean, so that no other component picks it up and speaks with the hub's rights. */
    static JmsPoolConnectionFactory connections(SpineServer server) {
        // whoever takes an event off a queue makes room: what is written with that must not wait for room
        return pool(server, -1);
    }

    /** For new events: they wait while the disk is full. */
    static JmsPoolConnectionFactory senders(SpineServer server) {
        return pool(server, ActiveMQClient.DEFAULT_PRODUCER_WINDOW_SIZE);
    }

    private static JmsPoolConnectionFactory pool(SpineServer server, int producerWindow) {
        var inVm = new ActiveMQConnectionFactory(
                server.inVmAddress(), InternalLogin.USER, server.internal().password());
        inVm.setBlockOnDurableSend(true);
        inVm.setCallTimeout(PATIENCE.toMillis());
        inVm.setProducerWindowSize(producerWindow);
        inVm.setCacheDestinations(true);
        inVm.setDeserializationDenyList("*");
        var pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(inVm);
        pool.setMaxConnections(4);
        pool.setMaxSessionsPerConnection(500);
        pool.setUseAnonymousProducers(true);
        pool.setConnectionIdleTimeout(0);
        return pool;
    }

    static JmsComponent component(JmsPoolConnectionFactory connections) {
        var messages = new SpineMessages();
        var settings = new JmsConfiguration(connections);
        settings.setTransacted(true);
        settings.setLazyCreateTransactionManager(false);
        settings.setCacheLevelName("CACHE_CONSUMER");
        settings.setDeliveryPersistent(true);
        settings.setDisableReplyTo(true);
        settings.setJmsMessageType(JmsMessageType.Bytes);
        settings.setMessageConverter(messages);
        settings.setMessageCreatedStrategy(messages);
        settings.setErrorHandlerLoggingLevel(LoggingLevel.DEBUG);
        settings.setErrorHandlerLogStackTrace(false);
        settings.setRecoveryInterval(1000);
        settings.setReceiveTimeout(1000);
        settings.setAcceptMessagesWhileStopping(false);
        var component = new JmsComponent(settings);
        component.setHeaderFilterStrategy(new SpineHeaders());
        return component;
    }
}
