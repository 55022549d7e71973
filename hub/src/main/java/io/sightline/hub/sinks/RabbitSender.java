package io.sightline.hub.sinks;

import com.rabbitmq.client.ConnectionFactory;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Sends one message and waits for its confirm; what no queue takes is an error. Used by one thread at a time. */
final class RabbitSender implements AutoCloseable {
    static final String ROUTING_KEY = "routing-key";
    static final String CONTENT_TYPE = "content-type";
    static final String MESSAGE_ID = "message-id";
    static final String ATTRIBUTES = "cloudEvents_";

    private static final Set<String> OURS = Set.of(ROUTING_KEY, CONTENT_TYPE, MESSAGE_ID);
    private static final String DEFAULT_EXCHANGE = "default";

    private final CachingConnectionFactory connections;
    private final RabbitTemplate template;
    private final String exchange;
    private final long patienceMillis;

    private RabbitSender(CachingConnectionFactory connections, String exchange, long patienceMillis) {
        this.connections = connections;
        this.exchange = exchange.equals(DEFAULT_EXCHANGE) ? "" : exchange;
        this.patienceMillis = patienceMillis;
        connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        connections.setPublisherReturns(true);
        template = new RabbitTemplate(connections);
        template.setMandatory(true);
    }

    /** @throws Exception if the server's address is none */
    static RabbitSender of(Opening opening) throws Exception {
        SinkSettings sink = opening.sink();
        int millis = Math.toIntExact(sink.timeout().toMillis());
        var client = new ConnectionFactory();
        client.setAutomaticRecoveryEnabled(false); // the retry of the event connects again
        client.setUri(sink.server().orElseThrow());
        if (sink.server().orElseThrow().startsWith("amqps:")) {
            client.useSslProtocol(
                    sink.caFile().isPresent()
                            ? Tls.trusting(sink.caFile().get())
                            : javax.net.ssl.SSLContext.getDefault());
            client.enableHostnameVerification();
        }
        opening.login().ifPresent(login -> {
            client.setUsername(login.username());
            client.setPassword(login.password());
        });
        client.setConnectionTimeout(millis);
        client.setHandshakeTimeout(millis);
        client.setRequestedHeartbeat(Math.max(1, millis / 2000));
        return new RabbitSender(
                new CachingConnectionFactory(client), opening.address().path(), millis);
    }

    /**
     * @throws UnroutableException if no queue was there for it
     * @throws NotConfirmedException if the broker refused it
     * @throws TimeoutException if the broker did not say
     */
    void send(Message message) throws Exception {
        var confirm = new CorrelationData(UUID.randomUUID().toString());
        String key = message.getHeader(ROUTING_KEY, String.class);
        template.send(exchange, key, built(message), confirm);
        CorrelationData.Confirm answer;
        try {
            answer = confirm.getFuture().get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NotConfirmedException(String.valueOf(e.getCause().getMessage()));
        }
        // first, because some brokers refuse what they give back
        if (confirm.getReturned() != null) {
            throw new UnroutableException(
                    "exchange '" + exchange + "' has no queue for routing key '" + key + "'; bind one");
        }
        if (answer == null || !answer.isAck()) {
            throw new NotConfirmedException(answer == null ? "no answer" : String.valueOf(answer.getReason()));
        }
    }

    private static org.springframework.amqp.core.Message built(Message message) {
        MessageBuilder builder = MessageBuilder.withBody(message.getBody(byte[].class));
        builder.setContentType(message.getHeader(CONTENT_TYPE, String.class))
                .setMessageId(message.getHeader(MESSAGE_ID, String.class))
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT);
        for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
            if (!OURS.contains(header.getKey()) && !header.getKey().startsWith("Camel")) {
                builder.setHeader(header.getKey(), header.getValue());
            }
        }
        return builder.build();
    }

    @Override
    public void close() {
        template.stop();
        connections.destroy();
    }

    /** No queue is bound for the event. */
    static final class UnroutableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnroutableException(String message) {
            super(message);
        }
    }

    /** The broker could not take it, for now. */
    static final class NotConfirmedException extends java.io.IOException {
        private static final long serialVersionUID = 1L;

        NotConfirmedException(String message) {
            super("the broker did not confirm: " + message);
        }
    }
}
