package io.sightline.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private final Logins logins = new Logins(Optional.of(new Credentials("hub", "p@ss:word")));

    @Test
    void shouldSayNothingUnasked() {
        assertThat(logins.authorization("GET", "/")).isEmpty();
    }

    @Test
    void shouldTakeTheStrongestThatIsOffered() throws Exception {
        // When
        boolean again = logins.challenged(
                List.of(
                        "Basic realm=\"cam\"",
                        "Digest realm=\"cam\", nonce=\"n1\", qop=\"auth\", algorithm=MD5",
                        "Digest realm=\"cam\", nonce=\"n2\", qop=\"auth,auth-int\", algorithm=SHA-256, opaque=\"o\""),
                false);

        // Then
        assertThat(again).isTrue();
        Map<String, String> answer = answer("DESCRIBE", "rtsp://192.0.2.1/a");
        assertThat(answer)
                .containsEntry("nonce", "n2")
                .containsEntry("opaque", "o")
                .containsEntry("nc", "00000001");
        String expected = hash(
                "SHA-256",
                hash("SHA-256", "hub:cam:p@ss:word") + ":n2:00000001:" + answer.get("cnonce") + ":auth:"
                        + hash("SHA-256", "DESCRIBE:rtsp://192.0.2.1/a"));
        assertThat(answer).containsEntry("response", expected);
        assertThat(answer("SETUP", "x")).containsEntry("nc", "00000002");
    }

    @Test
    void shouldAnswerOldServersWithoutQuality() throws Exception {
        logins.challenged(List.of("Digest realm=\"cam\", nonce=\"abc\""), false);

        String expected = hash("MD5", hash("MD5", "hub:cam:p@ss:word") + ":abc:" + hash("MD5", "GET:/a?b=c"));
        assertThat(answer("GET", "/a?b=c"))
                .containsEntry("response", expected)
                .doesNotContainKeys("nc", "cnonce", "algorithm");
    }

    @Test
    void shouldTryAgainOnlyWhereTheNonceWasStale() {
        List<String> stale = List.of("Digest realm=\"cam\", nonce=\"new\", stale=TRUE, qop=\"auth\"");

        assertThat(logins.challenged(List.of("Digest realm=\"cam\", nonce=\"n\""), true))
                .isFalse();
        assertThat(logins.challenged(stale, true)).isTrue();
        assertThat(logins.authorization("GET", "/").orElseThrow()).contains("nonce=\"new\"");
    }

    @Test
    void shouldSendThePasswordInBasicOnly() {
        logins.challenged(List.of("Basic realm=\"x\""), false);

        assertThat(logins.authorization("GET", "/")).contains("Basic aHViOnBAc3M6d29yZA==");
    }

    @Test
    void shouldNotAnswerWhatItDoesNotUnderstandOrIsTooLong() {
        assertThat(logins.challenged(List.of("Negotiate"), false)).isFalse();
        assertThat(logins.challenged(List.of("Digest realm=\"cam\", nonce=\"n\", qop=\"auth-int\""), false))
                .isFalse();
        assertThat(logins.challenged(List.of("Digest realm=\"" + "r".repeat(10_240) + "\", nonce=\"n\""), false))
                .isFalse();
        assertThat(logins.challenged(List.of("\"".repeat(5000)), false)).isFalse();
        assertThat(logins.challenged(List.of(), false)).isFalse();
    }

    @Test
    void shouldHaveNoAnswerWithoutALogin() {
        assertThat(new Logins(Optional.empty()).challenged(List.of("Basic realm=\"x\""), false))
                .isFalse();
    }

    private Map<String, String> answer(String method, String uri) {
        String header = logins.authorization(method, uri).orElseThrow();
        return Challenge.parse(List.of(header)).get(0).values();
    }

    private static String hash(String algorithm, String text) throws Exception {
        byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
