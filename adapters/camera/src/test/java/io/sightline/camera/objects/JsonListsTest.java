package io.sightline.camera.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonListsTest {
    private static final String OBJECT =
            "{\"label\":\"person\",\"confidence\":0.83,\"box\":{\"x\":10,\"y\":20.5,\"width\":40,\"height\":90}}";
    private static final String LIST = "{\"time\":\"2026-11-21T10:15:00.120Z\",\"sequence\":381,\"width\":1920,"
            + "\"height\":1080,\"objects\":[" + OBJECT + "]}";

    private static SentList read(String json) throws ListException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return JsonLists.read(bytes, bytes.length);
    }

    private static String refusal(String json) {
        var refused = catchThrowableOfType(ListException.class, () -> read(json));
        assertThat(refused).as(json).isNotNull();
        return refused.getMessage();
    }

    @Test
    void shouldReadAList() throws Exception {
        var list = read(LIST);

        assertThat(list.time()).contains(Instant.parse("2026-11-21T10:15:00.120Z"));
        assertThat(list.sequence()).hasValue(381);
        assertThat(list.width()).isEqualTo(1920);
        assertThat(list.height()).isEqualTo(1080);
        assertThat(list.objects()).containsExactly(new ListedObject("person", 0.83, 10, 20.5, 40, 90));
    }

    @Test
    void shouldTakeWhatMayBeMissingAndPassOverWhatItDoesNotKnow() throws Exception {
        var list = read("{\"width\":640,\"height\":360,\"objects\":[],\"vendor\":{\"a\":[1,2]}}");

        assertThat(list.time()).isEmpty();
        assertThat(list.sequence()).isEmpty();
        assertThat(list.objects()).isEmpty();
        assertThat(read(LIST.replace("\"2026-11-21T10:15:00.120Z\"", "1795256100120"))
                        .time())
                .contains(Instant.ofEpochMilli(1795256100120L));
    }

    @Test
    void shouldCutBoxesToThePictureAndLeaveOutWhatIsBesideIt() throws Exception {
        var list = read(LIST.replace("\"x\":10", "\"x\":-10"));
        assertThat(list.objects()).containsExactly(new ListedObject("person", 0.83, 0, 20.5, 30, 90));
        assertThat(read(LIST.replace("\"x\":10", "\"x\":1900")).objects().get(0).width())
                .isEqualTo(20);
        assertThat(read(LIST.replace("\"x\":10", "\"x\":5000")).objects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.83 | 1.5 | objects[0].confidence: allowed are numbers from 0 to 1",
                "0.83 | -0.1 | objects[0].confidence",
                "0.83 | 1e999 | objects[0].confidence",
                "0.83 | '\"high\"' | objects[0].confidence",
                "\"person\" | '\"\"' | objects[0].label",
                "\"person\" | '\"a\\u0000b\"' | objects[0].label",
                "\"person\" | 7 | objects[0].label",
                "1920 | 0 | width and height: got 0x1080",
                "1920 | 65535 | width and height",
                "1920 | 1e3 | width: allowed is a whole number of pixels",
                "1920 | 99999999999 | width: allowed is a whole number of pixels",
                "381 | -1 | sequence",
                "381 | 1e30 | sequence",
                "381 | 99999999999999999999 | sequence",
                "\"2026-11-21T10:15:00.120Z\" | '\"yesterday\"' | time: allowed is a time like",
                "\"2026-11-21T10:15:00.120Z\" | '\"+999999999-12-31T23:59:59Z\"' | time",
                "\"2026-11-21T10:15:00.120Z\" | true | time",
                "\"height\":90 | '\"height\":\"x\"' | objects[0].box.height",
                "\"height\":90 | '\"height\":-1' | objects[0].box.height",
                "\"objects\" | '\"things\"' | objects: allowed is a list",
            })
    void shouldSayWhatIsWrong(String part, String instead, String problem) {
        assertThat(refusal(LIST.replace(part, instead))).contains(problem);
    }

    @Test
    void shouldRefuseWhatIsNoListWithoutRepeatingIt() {
        String deep = "[".repeat(50) + "]".repeat(50);
        for (String wrong : List.of(
                "",
                " ",
                "null",
                "[]",
                "secret",
                "{\"width\":1",
                LIST + LIST,
                LIST.replace("\"width\":1920", "\"width\":1920,\"width\":1920"),
                LIST.replace("381", deep),
                LIST.replace("person", "x".repeat(2000)),
                "\uFEFF{",
                LIST.replace("381", "1".repeat(500)))) {
            assertThat(refusal(wrong)).isNotBlank().doesNotContain("secret", "xxx");
        }
    }

    @Test
    void shouldRefuseTooManyObjects() throws Exception {
        String most = Stream.generate(() -> OBJECT).limit(SentList.MOST_OBJECTS).collect(Collectors.joining(","));

        assertThat(read(LIST.replace(OBJECT, most)).objects()).hasSize(SentList.MOST_OBJECTS);
        assertThat(refusal(LIST.replace(OBJECT, most + "," + OBJECT))).contains("objects: got 257, allowed are 256");
    }

    @Test
    void shouldThrowNothingElseWhateverIsSent() {
        var random = new Random(7);
        byte[] list = LIST.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = list.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                JsonLists.read(bytes, random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length);
            } catch (ListException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }
}
