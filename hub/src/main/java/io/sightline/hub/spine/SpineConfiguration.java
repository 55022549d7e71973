package io.sightline.hub.spine;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.security.HubUsers;
import io.sightline.hub.settings.PortSettings;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.Event;
import io.sightline.processors.SpineSender;
import io.sightline.processors.SystemEvents;
import java.time.Clock;
import java.util.EnumSet;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the spine before Camel, which needs its component, and stops it after. */
@Configuration(proxyBeanMethods = false)
class SpineConfiguration {

    @Bean(destroyMethod = "close")
    SpineServer spineServer(DataFolder data, PortSettings ports, HubUsers users, Clock clock) {
        var server = new SpineServer(data, ports, users, clock);
        server.start(ports);
        return server;
    }

    @Bean
    SpinePorts spinePorts(SpineServer server) {
        return server.ports();
    }

    /** Opened before anything is published, which needs the spine's addresses. */
    @Bean(destroyMethod = "close")
    Accounts accounts(SpineServer server, SpineConnections connections, DataFolder data) {
        var accounts = new Accounts(connections.pool(), new BrokerQueues(server.broker()), data.start());
        accounts.open();
        accounts.start(server.broker().getScheduledPool());
        return accounts;
    }

    /** Named so because {@code spine} is the component. */
    @Bean
    Spine spineAddresses(SpineServer server, Accounts accounts, SightlineSettings settings, Integrations integrations) {
        var spine = new Spine(server.broker(), accounts);
        spine.ensure(Event.Kind.SYSTEM, SystemEvents.HUB);
        spine.ensureSink("store", EnumSet.allOf(Event.Kind.class), "the hub");
        settings.cameras().keySet().forEach(spine::ensureCamera);
        integrations.online("spine", "spine");
        return spine;
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    SpineConnections spineConnections(SpineServer server) {
        return new SpineConnections(SpineComponents.connections(server), SpineComponents.senders(server));
    }

    @Bean
    JmsComponent spine(SpineConnections connections, Spine addresses) {
        return SpineComponents.component(connections.pool());
    }

    @Bean
    DeadLetters deadLetters(SpineConnections connections, Spine addresses, Accounts accounts) {
        return new DeadLetters(connections.pool(), addresses, accounts);
    }

    @Bean
    Replays replays(SpineConnections connections, Spine addresses) {
        return new Replays(connections.pool(), addresses);
    }

    @Bean
    SinkLimits sinkLimits() {
        return new SinkLimits();
    }

    @Bean
    RetryInOrder retryInOrder(DeadLetters deadLetters, Accounts accounts, RetryInOrder.Surroundings surroundings) {
        return new RetryInOrder(deadLetters, accounts, surroundings);
    }

    @Bean
    RetryInOrder.Surroundings retrySurroundings(Integrations integrations, SinkLimits limits, Clock clock) {
        return new RetryInOrder.Surroundings(integrations, limits, clock);
    }

    /** Step of routes that read a sink: first. */
    @Bean
    Processor pauseBeforeRetry(RetryInOrder retries) {
        return retries::pause;
    }

    /** Step of routes that read a sink, where they do not want the event: it counts as filtered. */
    @Bean
    Processor filtered(RetryInOrder retries) {
        return retries::filtered;
    }

    /** Step of routes that read a sink: where an event that was not delivered is not tried again. */
    @Bean
    Processor lost(RetryInOrder retries) {
        return retries::lost;
    }

    /** Step of routes that read a sink: last. */
    @Bean
    Processor delivered(RetryInOrder retries) {
        return retries::succeeded;
    }

    /** Step of routes that read a sink: where the delivery failed. */
    @Bean
    Processor retryOrDeadLetter(RetryInOrder retries) {
        return retries::failed;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    QueueKeeper queueKeeper(SpineServer server, QueueKeeper.Rules rules, Integrations integrations, Clock clock) {
        return new QueueKeeper(server.broker(), rules, integrations, clock);
    }

    @Bean
    QueueKeeper.Rules queueRules(Spine addresses, SinkLimits limits) {
        return new QueueKeeper.Rules(addresses, limits);
    }

    @Bean
    SpineLosses spineLosses(QueueKeeper keeper, SpineServer server) {
        return new SpineLosses(keeper, server.packets());
    }

    @Bean
    SinkRoutes sinkRoutes(Spine addresses) {
        return new SinkRoutes(addresses);
    }

    /** One sender for all events of the hub. */
    @Bean
    SpineSender spineSender(SpineConnections connections, Spine addresses, Accounts accounts) {
        return new JmsSpineSender(connections.senders(), accounts);
    }

    @Bean
    CamelContextConfiguration quietErrorHandler() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                quiet(context);
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // nothing left to do
            }
        };
    }

    /**
     * Without a stack trace for every failed try: whoever started the exchange tells of the failure, and a sink's state
     * has the reason.
     */
    static void quiet(CamelContext context) {
        var policy = new RedeliveryPolicyDefinition()
                .logStackTrace(false)
                .logExhaustedMessageHistory(false)
                .retriesExhaustedLogLevel(LoggingLevel.DEBUG);
        var errors = new DefaultErrorHandlerDefinition();
        errors.setRedeliveryPolicy(policy);
        context.getCamelContextExtension().setErrorHandlerFactory(errors);
    }
}
