package io.sightline.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.10.0/24, 192.168.10.255, true",
        "192.168.10.0/24, 192.168.11.0, false",
        "192.168.10.77/24, 192.168.10.1, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "fd12::/16, fd12:1::7, true",
        "fd12::/16, fd13::1, false",
        "fe80::/10, fe80::1%1, true"
    })
    void shouldHoldItsAddresses(String network, String address, boolean held) throws Exception {
        assertThat(Network.parse(network).orElseThrow().contains(InetAddress.getByName(address)))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gate",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0/8",
                "10.0.0.256",
                "10.0.0.0/-1",
                "::/129",
                "1.2.3.4/8/9",
                "::1%lo",
                "0x7f.0.0.1",
                "2130706433"
            })
    void shouldTakeNothingElse(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void shouldShowWhatItCovers() {
        assertThat(Network.parse("192.168.10.77/24")).hasToString("Optional[192.168.10.0/24]");
    }
}
