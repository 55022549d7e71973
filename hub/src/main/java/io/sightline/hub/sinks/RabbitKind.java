package io.sightline.hub.sinks;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Message;
import org.apache.camel.support.ProcessorEndpoint;

/**
 * RabbitMQ and others that speak AMQP 0-9-1: persistent, mandatory, acknowledged by the publisher confirm. Camel's own
 * producer has no mandatory flag, so that it takes for delivered what no queue was there for; {@link RabbitSender} has.
 */
final class RabbitKind implements SinkKind {
    private static final String ROUTING_KEY = "routingKey";

    @Override
    public Set<String> schemes() {
        return Set.of("spring-rabbitmq");
    }

    @Override
    public String example() {
        return "uri: spring-rabbitmq:plant?routingKey=sightline.{kind}.{key} and server: amqp://broker:5672/vhost";
    }

    @Override
    public Server server() {
        return Server.NEEDED;
    }

    @Override
    public Set<Guarantee> guarantees(SinkSettings sink, SinkAddress address) {
        return EnumSet.of(Guarantee.AT_MOST_ONCE, Guarantee.AT_LEAST_ONCE);
    }

    @Override
    public List<SinkRules.Problem> problems(SinkSettings sink, SinkAddress address) {
        String server = sink.server().orElse("amqp://broker");
        if (!server.startsWith("amqp://") && !server.startsWith("amqps://")) {
            return List.of(new SinkRules.Problem("server", "allowed are amqp:// and amqps:// addresses, " + example()));
        }
        boolean known = Set.of(ROUTING_KEY).containsAll(address.options().keySet());
        return known && !address.path().isEmpty()
                ? List.of()
                : List.of(new SinkRules.Problem(
                        "uri", "allowed is an exchange, 'default' for none, with the option routingKey: " + example()));
    }

    @Override
    public boolean isCamels() {
        return false;
    }

    @Override
    public Endpoint open(Opening opening) throws Exception {
        RabbitSender sender = opening.closing(RabbitSender.of(opening));
        return new ProcessorEndpoint(
                opening.sink().uri(), opening.camel(), exchange -> sender.send(exchange.getMessage()));
    }

    @Override
    public void label(Message message, EventHead event, SinkSettings sink) {
        SinkAddress address = SinkAddress.of(sink.uri()).orElseThrow();
        String key = address.options().getOrDefault(ROUTING_KEY, "sightline.{kind}.{key}");
        message.setHeader(RabbitSender.ROUTING_KEY, event.filled(key));
        message.setHeader(RabbitSender.CONTENT_TYPE, Labels.contentType(sink));
        message.setHeader(RabbitSender.MESSAGE_ID, event.id());
        Labels.attributes(message, event, RabbitSender.ATTRIBUTES);
    }
}
