package io.sightline.hub.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the verifier and the vector that the makers of the specification publish. */
class SigningSecretsTest {
    private static final String BODY = "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"data\":{\"name\":\"Tür\"}}";

    private final Instant now = Instant.now();

    @Test
    void shouldSignThePublishedVector() {
        String signature = SigningSecrets.sign(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}");

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void shouldBeAcceptedByTheVerifierOfTheSpecification() {
        // Given
        var secrets = SigningSecrets.fresh();
        // When
        String header = secrets.sign("e-1", now, BODY);
        // Then
        assertThatCode(() -> verify(secrets.current(), header, BODY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(secrets.current(), header, BODY + " "))
                .isInstanceOf(WebhookVerificationException.class);
        assertThat(secrets.current()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(secrets.toString()).doesNotContain(secrets.current());
    }

    @Test
    void shouldSignWithBothSecretsUntilTheOverlapIsOver() {
        // Given
        var before = SigningSecrets.fresh();
        // When
        var after = before.rotated(now.plus(Duration.ofHours(1)));
        // Then
        String during = after.sign("e-1", now, BODY);
        assertThatCode(() -> verify(before.current(), during, BODY)).doesNotThrowAnyException();
        assertThatCode(() -> verify(after.current(), during, BODY)).doesNotThrowAnyException();
        assertThat(after.sign("e-1", now.plus(Duration.ofHours(1)), BODY).split(" "))
                .hasSize(1);
        assertThat(after.current()).isNotEqualTo(before.current());
    }

    private void verify(String secret, String header, String body) throws Exception {
        new Webhook(secret)
                .verify(
                        body,
                        Map.of(
                                "webhook-id", List.of("e-1"),
                                "webhook-timestamp", List.of(Long.toString(now.getEpochSecond())),
                                "webhook-signature", List.of(header)));
    }
}
