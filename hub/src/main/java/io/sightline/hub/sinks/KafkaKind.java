package io.sightline.hub.sinks;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka: acknowledged by all replicas in sync, by an idempotent producer, with the camera as the key. */
final class KafkaKind implements SinkKind {
    private static final int LARGEST_REQUEST = 2 << 20;

    @Override
    public Set<String> schemes() {
        return Set.of("kafka");
    }

    @Override
    public String example() {
        return "uri: kafka:sightline.{kind} and server: broker-1:9092,broker-2:9092";
    }

    @Override
    public Server server() {
        return Server.ALLOWED;
    }

    @Override
    public Set<Guarantee> guarantees(SinkSettings sink, SinkAddress address) {
        String acks = address.options().getOrDefault("requestRequiredAcks", "all");
        boolean safe = (acks.equals("all") || acks.equals("-1"))
                && address.options().getOrDefault("enableIdempotence", "true").equals("true");
        return safe ? EnumSet.allOf(Guarantee.class) : EnumSet.of(Guarantee.AT_MOST_ONCE);
    }

    @Override
    public Set<String> ownOptions(SinkSettings sink) {
        return Set.of("valueSerializer", "keySerializer", "key", "lazyStartProducer", "headerSerializer");
    }

    @Override
    public List<SinkRules.Problem> problems(SinkSettings sink, SinkAddress address) {
        if (sink.server().isEmpty() == !address.has("brokers")) {
            return List.of(new SinkRules.Problem(
                    "uri", "allowed is one of 'server' and the option brokers, for example " + example()));
        }
        return List.of();
    }

    @Override
    public Endpoint open(Opening opening) throws Exception {
        SinkSettings sink = opening.sink();
        var options = new LinkedHashMap<String, String>();
        long millis = sink.timeout().toMillis();
        sink.server().ifPresent(brokers -> options.put("brokers", brokers));
        options.put("valueSerializer", ByteArraySerializer.class.getName());
        opening.standard(options, "requestRequiredAcks", "all");
        opening.standard(options, "enableIdempotence", "true");
        opening.standard(options, "maxBlockMs", millis);
        opening.standard(options, "requestTimeoutMs", Math.max(1, millis / 2));
        opening.standard(options, "deliveryTimeoutMs", Math.max(1, millis));
        opening.standard(options, "maxRequestSize", LARGEST_REQUEST);
        opening.standard(options, "recordMetadata", "false");
        security(opening, options);
        String topic = opening.address().path();
        return opening.endpoint(EventHead.varies(topic) ? "sightline" : topic, options);
    }

    /** A login goes over TLS unless the address says otherwise. */
    private static void security(Opening opening, Map<String, String> options) {
        Optional<Opening.Login> login = opening.login();
        if (login.isPresent()) {
            opening.standard(options, "securityProtocol", "SASL_SSL");
            opening.standard(options, "saslMechanism", "SCRAM-SHA-512");
            String mechanism = opening.address().options().getOrDefault("saslMechanism", "SCRAM-SHA-512");
            options.put("saslJaasConfig", SinkAddress.raw(jaas(mechanism, login.get())));
        } else if (opening.sink().caFile().isPresent()) {
            opening.standard(options, "securityProtocol", "SSL");
        }
        opening.sink().caFile().ifPresent(file -> {
            options.put("sslTruststoreType", "PEM");
            options.put("sslTruststoreLocation", file.toString());
        });
    }

    private static String jaas(String mechanism, Opening.Login login) {
        String module = mechanism.startsWith("SCRAM")
                ? "org.apache.kafka.common.security.scram.ScramLoginModule"
                : "org.apache.kafka.common.security.plain.PlainLoginModule";
        return module + " required username=" + quoted(login.username()) + " password=" + quoted(login.password())
                + ";";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public void label(Message message, EventHead event, SinkSettings sink) {
        String topic = SinkAddress.of(sink.uri()).orElseThrow().path();
        if (EventHead.varies(topic)) {
            message.setHeader(KafkaConstants.OVERRIDE_TOPIC, event.filled(topic));
        }
        message.setHeader(KafkaConstants.KEY, event.key());
        message.setHeader("content-type", Labels.contentType(sink));
        Labels.attributes(message, event, "ce_");
    }
}
