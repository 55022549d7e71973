package io.sightline.hub.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https",
                "https://",
                "https:///path",
                "//example.com/",
                "example.com/hooks",
                "file:///etc/passwd",
                "gopher://example.com/",
                "jar:https://example.com!/a",
                "ftp://example.com/",
                "data:text/plain,a",
                "unix:///run/docker.sock",
                "HTTPS+X://example.com/",
                "https://good@127.0.0.1/",
                "https://a:b@example.com/",
                "https://127.0.0.1#@good",
                "https://good.com\\@127.0.0.1/",
                "https://example.com/a b",
                "https://example.com/\n",
                "https://exa\tmple.com/",
                "https://１２７.0.0.1/",
                "https://exämple.com/",
                "https://example.com:22/",
                "https://example.com:25/",
                "https://example.com:6379/",
                "https://example.com:61616/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:-1/",
                "https://[::1/",
                "https://exam_ple..com:x/"
            })
    void shouldRefuseWhatIsNoPlainWebAddress(String text) {
        assertThatThrownBy(() -> WebhookAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: allowed is ");
    }

    @Test
    void shouldTellHostAndPortAndHideTheRest() {
        var secure = WebhookAddress.of("https://example.com/hooks?token=secret@x");
        var plain = WebhookAddress.of("http://[2606:4700::1]:8090/x");

        assertThat(secure.port()).isEqualTo(443);
        assertThat(secure).hasToString("https://example.com");
        assertThat(plain.host()).isEqualTo("2606:4700::1");
        assertThat(plain.port()).isEqualTo(8090);
        assertThat(plain.isPlain()).isTrue();
    }
}
