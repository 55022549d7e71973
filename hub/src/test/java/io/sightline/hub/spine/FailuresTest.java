package io.sightline.hub.spine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.AmqpAuthenticationException;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.jdbc.BadSqlGrammarException;

class FailuresTest {

    static Stream<Throwable> outages() {
        return Stream.of(
                new IOException("no space left on device"),
                new TimeoutException("no answer"),
                new JMSException("away"),
                new JMSSecurityException("who are you"),
                new SaslAuthenticationException("wrong password"),
                new TopicAuthorizationException("not for you"),
                new KafkaException("Failed to construct kafka producer"),
                new org.eclipse.paho.mqttv5.common.MqttException(32104),
                new org.eclipse.paho.mqttv5.common.MqttException(0x87),
                new org.eclipse.paho.client.mqttv3.MqttException(32109),
                new AmqpConnectException(new IOException("away")),
                new AmqpAuthenticationException(new IOException("wrong password")),
                new SQLTransientConnectionException("pool"),
                new SQLException("terminated", "57P01"),
                new SQLException("wrong password", "28P01"),
                new SQLException("disk full", "53100"),
                new BadSqlGrammarException("insert", "insert", new SQLException("no such table", "42P01")));
    }

    static Stream<Throwable> rejections() {
        return Stream.of(
                new RecordTooLargeException("too large"),
                new SerializationException("no bytes"),
                new org.eclipse.paho.mqttv5.common.MqttException(0x95),
                new SQLException("too long", "22001"),
                new SQLException("not null", "23502"),
                new JsonParseException(null, "no JSON"),
                new MalformedInputException(1),
                new UnreadableEventException("no event", null),
                new IllegalArgumentException("no such siren"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void shouldTryAgainWhatPassesOrCanBeMended(Throwable failure) {
        assertThat(Failures.isOutage(failure)).isTrue();
        assertThat(Failures.isOutage(new IllegalStateException("wrapped", failure)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void shouldRejectWhatIsTheFaultOfTheEvent(Throwable failure) {
        assertThat(Failures.isOutage(failure)).isFalse();
        assertThat(Failures.isOutage(new IllegalStateException("wrapped", failure)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 407, 408, 425, 429, 500, 503})
    void shouldTryAgainWhatTheStatusSaysOfTheMomentOrTheLogin(int status) {
        assertThat(Failures.isOutage(answer(status))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 410, 413, 415, 422})
    void shouldRejectWhatTheStatusSaysOfTheEvent(int status) {
        assertThat(Failures.isOutage(answer(status))).isFalse();
    }

    @Test
    void shouldKnowAnUnreadableEventInsideAnother() {
        var wrapped = new IllegalStateException(new UnreadableEventException("no event", null));

        assertThat(Failures.isUnreadable(wrapped)).isTrue();
        assertThat(Failures.isUnreadable(new IOException("away"))).isFalse();
    }

    @Test
    void shouldTellNoLogin() {
        assertThat(Failures.reason(new IOException("nobody at smtp://hub:secret@mail")))
                .doesNotContain("secret");
    }

    private static HttpOperationFailedException answer(int status) {
        return new HttpOperationFailedException("http://erp", status, "", null, Map.of(), "");
    }
}
