package io.sightline.hub.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.webhooks.InboundSource.Scheme;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BODY = "{\"order\": 4711}";
    private static final String GOOD = sign("m-1", NOW.getEpochSecond(), BODY);

    private final InboundSource standard = new InboundSource("tickets", Scheme.STANDARD, SECRET);
    private final Map<String, List<String>> headers = new HashMap<>(Map.of(
            "webhook-id", List.of("m-1"),
            "webhook-timestamp", List.of(Long.toString(NOW.getEpochSecond())),
            "webhook-signature", List.of(GOOD)));

    private Optional<String> check(String body) {
        return check(body.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> check(byte[] body) {
        return InboundCheck.id(Optional.of(standard), new InboundCheck.Message(headers, body), NOW);
    }

    private static String sign(String id, long seconds, String body) {
        return SigningSecrets.sign(SECRET, id, seconds, body);
    }

    @Test
    void shouldTrustWhatIsSigned() {
        assertThat(check(BODY)).contains("m-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void shouldRefuseAHeaderThatIsMissingOrThereTwice(String name) {
        List<String> once = headers.remove(name);
        assertThat(check(BODY)).isEmpty();
        headers.put(name, List.of(once.get(0), once.get(0)));
        assertThat(check(BODY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-301,false", "-300,true", "0,true", "300,true", "301,false", "-1614265330,false", "99999999999,false"})
    void shouldTakeTimesWithinFiveMinutesOnly(long skew, boolean trusted) {
        long seconds = NOW.getEpochSecond() + skew;
        headers.put("webhook-timestamp", List.of(Long.toString(seconds)));
        headers.put("webhook-signature", List.of(sign("m-1", seconds, BODY)));

        assertThat(check(BODY).isPresent()).isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1795262400", " 1795262400", "1795262400.0", "0x6b", "", "1e9", "١٧٩٥٢٦٢٤٠٠"})
    void shouldRefuseATimeThatIsNoPlainNumber(String seconds) {
        headers.put("webhook-timestamp", List.of(seconds));

        assertThat(check(BODY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.1", "m\r\n1", "m 1", "", "mé", "m\u0000"})
    void shouldRefuseAnIdThatCouldBeDividedInAnotherWay(String id) {
        headers.put("webhook-id", List.of(id));
        headers.put("webhook-signature", List.of(sign(id, NOW.getEpochSecond(), BODY)));

        assertThat(check(BODY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1,",
                "v1",
                "",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,AAAA",
                "v1,!!!!",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            })
    void shouldRefuseAnotherSignature(String signature) {
        headers.put("webhook-signature", List.of(signature));

        assertThat(check(BODY)).isEmpty();
    }

    @Test
    void shouldTakeOneOfSeveralSignaturesButNotOfAThousand() {
        headers.put("webhook-signature", List.of("v1,AAAA v1a,BBBB " + GOOD));
        assertThat(check(BODY)).contains("m-1");
        headers.put("webhook-signature", List.of(GOOD + " v1,AAAA".repeat(999)));
        assertThat(check(BODY)).isEmpty();
        headers.put("webhook-signature", List.of("v2" + GOOD.substring(2)));
        assertThat(check(BODY)).isEmpty();
        headers.put("webhook-signature", List.of(GOOD.substring(0, GOOD.length() - 1)));
        assertThat(check(BODY)).isEmpty();
    }

    @Test
    void shouldRefuseABodyThatWasWrittenAnew() {
        assertThat(check("{\"order\":4711}")).isEmpty();
        assertThat(check(BODY + "\n")).isEmpty();
        assertThat(check("\ufeff" + BODY)).isEmpty();
        byte[] broken = BODY.getBytes(StandardCharsets.UTF_8);
        broken[3] = (byte) 0xff;
        headers.put(
                "webhook-signature",
                List.of(sign("m-1", NOW.getEpochSecond(), new String(broken, StandardCharsets.UTF_8))));
        assertThat(check(broken)).isEmpty();
    }

    @Test
    void shouldRefuseWhoIsNotKnown() {
        assertThat(InboundCheck.id(
                        Optional.empty(),
                        new InboundCheck.Message(headers, BODY.getBytes(StandardCharsets.UTF_8)),
                        NOW))
                .isEmpty();
    }

    @Test
    void shouldTakeTheVectorThatGitHubPublishes() {
        // Given: from its page about validating webhook deliveries
        var github = new InboundSource("code", Scheme.GITHUB, "It's a Secret to Everybody");
        Map<String, List<String>> signed = Map.of(
                "x-github-delivery", List.of("72d3162e-cc78-11e3-81ab-4c9367dc0958"),
                "x-hub-signature-256",
                        List.of("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
        // Then
        assertThat(github(github, signed, "Hello, World!")).contains("72d3162e-cc78-11e3-81ab-4c9367dc0958");
        assertThat(github(github, signed, "Hello, World?")).isEmpty();
        var unnamed = new HashMap<>(signed);
        unnamed.remove("x-github-delivery");
        assertThat(github(github, unnamed, "Hello, World!")).isEmpty();
        var upper = new HashMap<>(signed);
        upper.replaceAll((name, values) -> List.of(values.get(0).toUpperCase(java.util.Locale.ROOT)));
        assertThat(github(github, upper, "Hello, World!")).isEmpty();
    }

    private static Optional<String> github(InboundSource source, Map<String, List<String>> headers, String body) {
        return InboundCheck.id(
                Optional.of(source), new InboundCheck.Message(headers, body.getBytes(StandardCharsets.UTF_8)), NOW);
    }
}
