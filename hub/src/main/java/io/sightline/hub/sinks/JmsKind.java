package io.sightline.hub.sinks;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Endpoint;
import org.apache.camel.Message;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * JMS: an Artemis broker by its own protocol ({@code jms:}), any broker by AMQP 1.0 ({@code amqp:}). Sends are durable and
 * blocking; the id of the event goes along as what Artemis knows a duplicate by.
 */
final class JmsKind implements SinkKind {
    private static final String AMQP = "amqp";
    private static final String DUPLICATE = "_AMQ_DUPL_ID";
    private static final String ATTRIBUTES = "cloudEvents_";

    @Override
    public Set<String> schemes() {
        return Set.of("jms", AMQP);
    }

    @Override
    public String example() {
        return "uri: jms:topic:plant.events and server: tcp://broker:61616; or amqp: and amqps://broker";
    }

    @Override
    public Server server() {
        return Server.NEEDED;
    }

    @Override
    public Set<Guarantee> guarantees(SinkSettings sink, SinkAddress address) {
        boolean durable =
                address.options().getOrDefault("deliveryPersistent", "true").equals("true");
        return durable ? EnumSet.allOf(Guarantee.class) : EnumSet.of(Guarantee.AT_MOST_ONCE);
    }

    @Override
    public Set<String> ownOptions(SinkSettings sink) {
        return Set.of(
                "connectionFactory",
                "username",
                "password",
                "transacted",
                "disableReplyTo",
                "lazyStartProducer",
                "messageConverter",
                "headerFilterStrategy");
    }

    @Override
    public List<SinkRules.Problem> problems(SinkSettings sink, SinkAddress address) {
        Set<String> allowed = address.scheme().equals(AMQP) ? Set.of("amqp", "amqps") : Set.of("tcp");
        String scheme = sink.server().orElse(AMQP + "://").split("://", 2)[0];
        if (sink.server().isPresent() && !allowed.contains(scheme)) {
            return List.of(new SinkRules.Problem(
                    "server",
                    "got an address of '" + scheme + "', allowed with " + address.scheme() + ": is " + example()));
        }
        return address.path().isEmpty()
                ? List.of(new SinkRules.Problem("uri", "got no queue or topic, allowed is " + example()))
                : List.of();
    }

    @Override
    public Endpoint open(Opening opening) throws Exception {
        var pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(opening.address().scheme().equals(AMQP) ? amqp(opening) : core(opening));
        pool.setMaxConnections(1);
        pool.setConnectionIdleTimeout(0);
        opening.closing(pool::stop);
        var options = new LinkedHashMap<String, String>();
        options.put("connectionFactory", opening.bean(pool));
        options.put("disableReplyTo", "true");
        opening.standard(options, "deliveryPersistent", "true");
        options.put("headerFilterStrategy", opening.bean(new LeavingProperties()));
        options.put("exchangePattern", "InOnly");
        return opening.endpoint(opening.address().path(), options);
    }

    private static ConnectionFactory core(Opening opening) throws JMSException {
        SinkSettings sink = opening.sink();
        var factory = new ActiveMQConnectionFactory(withIssuers(sink));
        opening.login().ifPresent(login -> {
            factory.setUser(login.username());
            factory.setPassword(login.password());
        });
        factory.setBlockOnDurableSend(true);
        factory.setBlockOnNonDurableSend(true);
        factory.setCallTimeout(sink.timeout().toMillis());
        factory.setConnectionTTL(Math.max(2000, sink.timeout().toMillis()));
        factory.setClientFailureCheckPeriod(Math.max(1000, sink.timeout().toMillis() / 2));
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        factory.setDeserializationDenyList("*");
        opening.closing(factory);
        return factory;
    }

    private static String withIssuers(SinkSettings sink) {
        String server = sink.server().orElseThrow();
        return sink.caFile()
                .map(file -> server + (server.contains("?") ? '&' : '?') + "sslEnabled=true&trustStoreType=PEMCA&"
                        + "trustStorePath=" + URLEncoder.encode(file.toString(), StandardCharsets.UTF_8))
                .orElse(server);
    }

    private static ConnectionFactory amqp(Opening opening) {
        SinkSettings sink = opening.sink();
        var factory = new JmsConnectionFactory(sink.server().orElseThrow());
        opening.login().ifPresent(login -> {
            factory.setUsername(login.username());
            factory.setPassword(login.password());
        });
        factory.setForceSyncSend(true);
        factory.setConnectTimeout(sink.timeout().toMillis());
        factory.setRequestTimeout(sink.timeout().toMillis());
        factory.setSendTimeout(sink.timeout().toMillis());
        sink.caFile().ifPresent(file -> factory.setSslContext(Tls.trusting(file)));
        return factory;
    }

    @Override
    public void label(Message message, EventHead event, SinkSettings sink) {
        message.setHeader("contentType", Labels.contentType(sink));
        message.setHeader(DUPLICATE, event.id());
        Labels.attributes(message, event, ATTRIBUTES);
    }
}
