package io.sightline.hub.spine;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/** Bytes as they are, both ways; a message that holds a Java object is never opened. Any thread. */
final class SpineMessages implements MessageConverter, MessageCreatedStrategy {
    static final String CLOUD_EVENT = "application/cloudevents+json";

    /** Becomes {@code content-type} for AMQP readers, and stays readable for JMS ones. */
    static final String CONTENT_TYPE_AMQP = "JMS_AMQP_ContentType";

    /** Becomes the property Content Type for MQTT 5 readers. */
    private static final SimpleString CONTENT_TYPE_MQTT = SimpleString.of("mqtt.content.type");

    @Override
    public Message toMessage(Object body, Session session) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        if (body instanceof byte[] bytes) {
            message.writeBytes(bytes);
        } else if (body instanceof String text) {
            message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        } else {
            throw new MessageConversionException("the spine carries bytes or text, got "
                    + body.getClass().getName() + "; marshal it to JSON before it is sent");
        }
        return message;
    }

    @Override
    public byte[] fromMessage(Message message) throws JMSException {
        return bytes(message);
    }

    static byte[] bytes(Message message) throws JMSException {
        if (message instanceof BytesMessage bytes) {
            byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
            bytes.reset();
            bytes.readBytes(body);
            return body;
        }
        if (message instanceof TextMessage text) {
            return text.getText() == null ? new byte[0] : text.getText().getBytes(StandardCharsets.UTF_8);
        }
        throw new MessageConversionException("bytes or text was expected, got another kind of message ("
                + message.getClass().getSimpleName() + "); it is not opened");
    }

    @Override
    public void onMessageCreated(Message message, Session session, Exchange exchange, @Nullable Throwable cause) {
        try {
            type(message, exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, CLOUD_EVENT, String.class));
        } catch (JMSException e) {
            throw new IllegalStateException("cannot tell the content type: " + e.getMessage(), e);
        }
    }

    static void type(Message message, String contentType) throws JMSException {
        message.setStringProperty(CONTENT_TYPE_AMQP, contentType);
        // its name has dots, which JMS does not allow
        ((ActiveMQMessage) message).getCoreMessage().putStringProperty(CONTENT_TYPE_MQTT, SimpleString.of(contentType));
    }
}
