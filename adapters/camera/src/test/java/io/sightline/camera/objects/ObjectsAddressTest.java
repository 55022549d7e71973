package io.sightline.camera.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectsAddressTest {

    @Test
    void shouldReadAddresses() throws Exception {
        var udp = ObjectsAddress.parse("objects:udp://0.0.0.0:5600?format=json&from=192.0.2.20,2001:db8::1");
        assertThat(udp.can()).isFalse();
        assertThat(udp.host()).isEqualTo("0.0.0.0");
        assertThat(udp.port()).isEqualTo(5600);
        assertThat(udp.from())
                .containsExactly(InetAddress.getByName("192.0.2.20"), InetAddress.getByName("2001:db8::1"));
        assertThat(ObjectsAddress.parse("objects:udp://[::]:5600").port()).isEqualTo(5600);

        var can = ObjectsAddress.parse("objects:can://can0?id=0x500&labels=person,fork%20lift");
        assertThat(can.can()).isTrue();
        assertThat(can.host()).isEqualTo("can0");
        assertThat(can.id()).isEqualTo(0x500);
        assertThat(can.extended()).isFalse();
        assertThat(can.labels()).containsExactly("person", "fork lift");
        assertThat(ObjectsAddress.parse("objects:can://can0?id=0x18FF0000&labels=a")
                        .extended())
                .isTrue();
    }

    @Test
    void shouldSayWhatIsWrong() {
        for (String wrong : List.of(
                "objects:",
                "objects:udp",
                "objects:tcp://0.0.0.0:1",
                "objects:udp://0.0.0.0",
                "objects:udp://example.com:5600",
                "objects:udp://0.0.0.0:70000",
                "objects:udp://a@0.0.0.0:5600",
                "objects:udp://0.0.0.0:5600/x",
                "objects:udp://0.0.0.0:5600?format=xml",
                "objects:udp://0.0.0.0:5600?from=camera.local",
                "objects:udp://0.0.0.0:5600?from",
                "objects:udp://0.0.0.0:5600?speed=1",
                "objects:can://can0",
                "objects:can://can0?id=0x500",
                "objects:can://can0?id=0x500&labels=",
                "objects:can://can0?id=x&labels=a",
                "objects:can://can0?id=0x7ff&labels=a",
                "objects:can://can0?id=0x1fffffff&labels=a",
                "objects:can://../etc?id=1&labels=a")) {
            assertThat(ObjectsAddress.problem(wrong)).as(wrong).hasValueSatisfying(problem -> assertThat(problem)
                    .startsWith("uri: "));
        }
    }
}
