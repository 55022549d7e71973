package io.sightline.hub.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.net.Network;
import io.sightline.hub.webhooks.WebhookGuard.ForbiddenAddressException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookGuardTest {
    private static final int OWN_PORT = 8080;

    private List<Network> listed = List.of();
    private final WebhookGuard guard = guard(InetAddress::getAllByName);

    private WebhookGuard guard(WebhookGuard.Resolver resolver) {
        return new WebhookGuard(
                () -> listed,
                own -> own.getPort() == OWN_PORT && own.getAddress().isLoopbackAddress(),
                resolver);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "0",
                "0.0.0.0",
                "2130706433",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00::",
                "2002:808:808::",
                "fe80::1",
                "169.254.169.254",
                "fd00:ec2::254",
                "fd20:ce::254",
                "100.64.0.1",
                "100.100.100.200",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "192.0.0.192",
                "168.63.129.16",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "192.0.2.1",
                "203.0.113.9",
                "localhost",
                "LOCALHOST",
                "2001::1",
                "2001:db8::1",
                "3fff::1",
                "fc00::1",
                "ff02::1",
                "fec0::1",
                "::7f00:1"
            })
    void shouldForbidWhatIsNotPublic(String host) {
        assertThatThrownBy(() -> guard.check(host, 443, false)).isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"})
    void shouldLetPublicAddressesPassByHttpsOnly(String host) {
        assertThatCode(() -> guard.check(host, 443, false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.check(host, 80, true))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining("use https");
    }

    @Test
    void shouldLetListedNetworksPassAlsoByHttp() {
        // Given
        listed = networks("10.20.0.0/16", "127.0.0.0/8", "169.254.0.0/16");
        // Then
        assertThatCode(() -> guard.check("10.20.1.1", 80, true)).doesNotThrowAnyException();
        assertThatCode(() -> guard.check("127.0.0.1", 9000, true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.check("10.21.1.1", 443, false)).isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> guard.check("127.0.0.1", OWN_PORT, true)).hasMessageContaining("this hub itself");
        assertThatThrownBy(() -> guard.check("169.254.169.254", 80, true)).hasMessageContaining("metadata");
        listed = networks("169.254.169.254");
        assertThatCode(() -> guard.check("169.254.169.254", 80, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldForbidANameThatHasAPrivateAddressToo() {
        var mixed = guard(host -> new InetAddress[] {address("8.8.8.8"), address("10.0.0.1")});

        assertThatThrownBy(() -> mixed.check("good.example", 443, false))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining("10.0.0.1");
    }

    @Test
    void shouldLookAnewEachTime() throws Exception {
        // Given
        var answers = new ArrayDeque<>(Stream.of("8.8.8.8", "127.0.0.1").toList());
        var rebound = guard(host -> new InetAddress[] {address(answers.remove())});
        // When
        var first = rebound.check("rebinding.example", 443, false);
        // Then
        assertThat(first).containsExactly(address("8.8.8.8"));
        assertThatThrownBy(() -> rebound.check("rebinding.example", 443, false))
                .isInstanceOf(ForbiddenAddressException.class);
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(text -> Network.parse(text).orElseThrow()).toList();
    }

    private static InetAddress address(String text) {
        return Network.parse(text).orElseThrow().address();
    }
}
