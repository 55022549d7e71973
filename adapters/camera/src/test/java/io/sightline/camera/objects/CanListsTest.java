package io.sightline.camera.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanListsTest {
    /** Version 1, two objects, number 381, 1920x1080. */
    private static final byte[] BEGIN = bytes("01 02 017D 0780 0438");

    private final CanLists lists = new CanLists(List.of("person", "car"));

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void shouldPutAListTogether() throws Exception {
        assertThat(lists.begin(BEGIN)).isEmpty();
        assertThat(lists.object(bytes("00 FF 800 400 200 100"))).isEmpty();
        var list = lists.object(bytes("01 80 000 000 FFF FFF")).orElseThrow();

        assertThat(list.sequence()).hasValue(381);
        assertThat(list.width()).isEqualTo(1920);
        assertThat(list.height()).isEqualTo(1080);
        assertThat(list.objects().get(0)).isEqualTo(new ListedObject("person", 1, 960, 270, 240, 67.5));
        assertThat(list.objects().get(1).label()).isEqualTo("car");
        assertThat(list.objects().get(1).confidence()).isEqualTo(0.5, within(0.01));
        assertThat(list.objects().get(1).width()).isEqualTo(1920, within(1.0));
    }

    @Test
    void shouldTakeAListWithoutObjects() throws Exception {
        assertThat(lists.begin(bytes("01 00 0001 0280 0168")).orElseThrow().objects())
                .isEmpty();
    }

    @Test
    void shouldKeepBoxesInThePictureAndLeaveOutEmptyOnes() throws Exception {
        lists.begin(BEGIN);
        lists.object(bytes("00 FF FFF FFF FFF FFF"));
        var list = lists.object(bytes("00 FF 100 100 000 100")).orElseThrow();

        assertThat(list.objects()).hasSize(1);
        assertThat(list.objects().get(0).x() + list.objects().get(0).width()).isEqualTo(1920, within(1e-6));
    }

    @Test
    void shouldTellOfAListThatWasCutOffAndGoOnWithTheNext() throws Exception {
        lists.begin(BEGIN);
        lists.object(bytes("00 FF 800 400 200 100"));

        assertThatThrownBy(() -> lists.begin(bytes("01 01 017E 0780 0438"))).hasMessageContaining("not complete");
        assertThat(lists.object(bytes("00 FF 800 400 200 100"))).isPresent();
    }

    @Test
    void shouldPassOverObjectsWithoutAListAndRefuseWhatMakesNoSense() throws Exception {
        assertThat(lists.object(bytes("00 FF 800 400 200 100"))).isEmpty();
        assertThatThrownBy(() -> lists.begin(bytes("02 02 017D 0780 0438"))).hasMessageContaining("is 1");
        assertThatThrownBy(() -> lists.begin(bytes("01 02"))).hasMessageContaining("8 bytes");
        assertThatThrownBy(() -> lists.begin(bytes("01 02 0001 0000 0438"))).hasMessageContaining("0x1080");
        assertThatThrownBy(() -> lists.begin(bytes("01 02 0001 FFFF 0438"))).hasMessageContaining("65535x1080");
        lists.begin(BEGIN);
        assertThatThrownBy(() -> lists.object(bytes("02 FF 800 400 200 100"))).hasMessageContaining("below 2");
        assertThat(lists.object(bytes("00 FF 800 400 200 100"))).isEmpty();
    }

    @Test
    void shouldThrowNothingElseWhateverIsSent() {
        var random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            byte[] data = new byte[random.nextInt(9)];
            random.nextBytes(data);
            if (data.length > 0) {
                data[0] = (byte) random.nextInt(3);
            }
            try {
                if (random.nextInt(4) == 0) {
                    lists.begin(data);
                } else {
                    lists.object(data);
                }
            } catch (ListException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }
}
