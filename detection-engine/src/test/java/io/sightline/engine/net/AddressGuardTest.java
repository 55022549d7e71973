package io.sightline.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.net.ConnectionException.Reason;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final int PORT = 554;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "0",
                "0.0.0.0",
                "2130706433",
                "localhost",
                "LOCALHOST",
                "[::1]",
                "[::]",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::ffff:0:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::7f00:1",
                "2002:7f00:1::",
                "2001::8ef5:8090:80ff:fffe",
                "2001:0:1:2:3:4:80ff:fffe",
                "2001:db8::5efe:127.0.0.1",
                "fe80::1",
                "169.254.1.1",
                "169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "100.100.100.200",
                "192.0.0.192",
                "::ffff:192.0.0.192",
                "168.63.129.16",
                "64:ff9b::168.63.129.16",
                "fd00:ec2::254",
                "fd20:ce::254",
                "224.0.0.1",
                "239.255.255.250",
                "ff02::1",
                "255.255.255.255"
            })
    void shouldRefuseWhatIsNoCamera(String host) {
        assertThatThrownBy(() -> AddressGuard.standard().check(host, PORT))
                .isInstanceOfSatisfying(ConnectionException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN_ADDRESS);
                    assertThat(refused).hasMessageStartingWith("not connected: ");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.168.1.10", "10.0.0.1", "172.16.3.4", "100.64.0.1", "192.0.2.1", "2001:db8::1", "fd12::1"})
    void shouldLetCamerasPass(String host) throws Exception {
        assertThat(AddressGuard.standard().check(host, PORT)).containsExactly(InetAddress.getByName(host));
    }

    @Test
    void shouldAllowOnlyListedNetworksWhereSomeAreListed() throws Exception {
        // Given
        AddressGuard guard = listing("192.168.10.0/24", "127.0.0.0/8");

        // Then
        assertThat(guard.check("192.168.10.7", PORT)).hasSize(1);
        assertThat(guard.check("127.0.0.1", PORT)).hasSize(1);
        assertThatThrownBy(() -> guard.check("192.168.11.7", PORT))
                .hasMessage("not connected: 192.168.11.7 is in none of the networks of camera-networks");
        assertThatThrownBy(() -> guard.check("[::1]", PORT)).hasMessageContaining("in none of the networks");
    }

    @Test
    void shouldAllowMetadataAddressesOnlyWhereTheyAreListedAlone() throws Exception {
        assertThat(listing("169.254.169.254").check("169.254.169.254", PORT)).hasSize(1);
        assertThatThrownBy(() -> listing("169.254.0.0/16").check("169.254.169.254", PORT))
                .hasMessageContaining("metadata service");
        assertThat(listing("169.254.0.0/16").check("169.254.3.4", PORT)).hasSize(1);
        for (String host : List.of("192.0.0.192", "168.63.129.16", "[fd20:ce::254]")) {
            assertThatThrownBy(() -> listing("0.0.0.0/0", "::/0").check(host, PORT))
                    .as(host)
                    .hasMessageContaining("metadata service");
        }
        assertThat(listing("168.63.129.16").check("168.63.129.16", PORT)).hasSize(1);
    }

    @Test
    void shouldNeverAllowMulticastOrUnspecifiedAddresses() {
        AddressGuard guard = listing("0.0.0.0/0", "::/0");
        for (String host : List.of("0.0.0.0", "224.0.0.1", "255.255.255.255", "[::]", "ff02::1")) {
            assertThatThrownBy(() -> guard.check(host, PORT)).as(host).hasMessageContaining("give the camera's own");
        }
    }

    @Test
    void shouldRefuseTheHubsOwnPortsAlsoWhereTheirNetworkIsListed() throws Exception {
        // Given
        var guard = new AddressGuard(
                () -> List.of(Network.parse("127.0.0.0/8").orElseThrow()),
                address -> address.getPort() == 8080 && address.getAddress().isLoopbackAddress());

        // Then
        assertThat(guard.check("127.0.0.1", 8554)).hasSize(1);
        assertThatThrownBy(() -> guard.check("127.0.0.1", 8080))
                .hasMessage("not connected: 127.0.0.1 port 8080 is this hub itself");
    }

    @Test
    void shouldTellAnUnknownHostApart() {
        assertThatThrownBy(() -> AddressGuard.standard().check("no-such-host.invalid", PORT))
                .isInstanceOfSatisfying(ConnectionException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.UNREACHABLE));
    }

    private static AddressGuard listing(String... networks) {
        List<Network> listed = Arrays.stream(networks)
                .map(text -> Network.parse(text).orElseThrow())
                .toList();
        return new AddressGuard(() -> listed, address -> false);
    }
}
