package io.sightline.hub.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProbeMatchesTest {
    /** What a real device answered. */
    static byte[] recorded() throws IOException {
        try (InputStream file = ProbeMatchesTest.class.getResourceAsStream("probe-matches.xml")) {
            return file.readAllBytes();
        }
    }

    private static List<ProbeMatch> read(String xml) {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        return ProbeMatches.read(bytes, bytes.length);
    }

    @Test
    void shouldReadWhatARealDeviceAnswered() throws Exception {
        byte[] bytes = recorded();

        List<ProbeMatch> matches = ProbeMatches.read(bytes, bytes.length);

        assertThat(matches).hasSize(1);
        var match = matches.get(0);
        assertThat(match.relatesTo()).isEqualTo("uuid:84ede3de-7dec-11d0-c360-F01234567890");
        assertThat(match.endpoint()).isEqualTo("urn:uuid:a1f48ac2-dc8b-11df-b255-00408c1836b2");
        assertThat(match.addresses())
                .containsExactly("http://169.254.76.145/onvif/services", "http://192.168.1.24/onvif/services");
        assertThat(match.scope("name")).contains("VENDOR MODEL");
        assertThat(match.scope("hardware")).contains("MODEL");
        assertThat(match.scope("nothing")).isEmpty();
    }

    @Test
    void shouldTakeNoDocumentTypesAndNoEntities() throws Exception {
        String whole = new String(recorded(), StandardCharsets.UTF_8).replaceFirst("<\\?xml[^>]*>", "");
        String laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
        String file = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>";

        assertThat(read(whole)).hasSize(1);
        assertThat(read(laughs + whole.replace("MODEL", "&b;"))).isEmpty();
        assertThat(read(file + whole.replace("MODEL", "&a;"))).isEmpty();
        assertThat(read("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">" + whole))
                .isEmpty();
        assertThat(read(whole.replace("MODEL", "&b;"))).isEmpty();
    }

    @Test
    void shouldLimitWhatItReads() throws Exception {
        String whole = new String(recorded(), StandardCharsets.UTF_8);
        String match = whole.substring(whole.indexOf("<d:ProbeMatch>"), whole.indexOf("</d:ProbeMatches>"));

        assertThat(read(whole.replace(match, match.repeat(50)))).hasSize(16);
        assertThat(read("<a>".repeat(100))).isEmpty();
        assertThat(read(whole.replace("MODEL", "x".repeat(10_000)))).isEmpty();
        assertThat(read(whole.substring(0, whole.length() / 2))).isEmpty();
        assertThat(read("")).isEmpty();
        assertThat(read("HTTP/1.1 200 OK")).isEmpty();
    }

    @Test
    void shouldShowOneLineOfWhatDevicesSay() throws Exception {
        String whole = new String(recorded(), StandardCharsets.UTF_8);
        var match = read(whole.replace("VENDOR%20MODEL", "A%0Ab%1b%5B31mc%E2%80%AEd"))
                .get(0);

        assertThat(match.scope("name")).contains("A b [31mc d");
        assertThat(Words.shown("x".repeat(500))).hasSize(201);
        assertThat(Words.decoded("100%")).isEqualTo("100%");
    }

    @Test
    void shouldTakeAnswersInOtherCodings() throws Exception {
        String whole = new String(recorded(), StandardCharsets.UTF_8);
        byte[] latin = whole.replace("VENDOR%20MODEL", "T\u00fcr").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ProbeMatches.read(latin, latin.length)).hasSize(1);
        assertThat(read("\uFEFF" + whole)).hasSize(1);
    }

    @Test
    void shouldThrowNothingWhateverComes() throws Exception {
        var random = new Random(7);
        byte[] whole = recorded();
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = whole.clone();
            for (int j = 0; j <= random.nextInt(6); j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(ProbeMatches.read(bytes, bytes.length)).hasSizeLessThan(2);
        }
    }
}
