package io.sightline.hub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.engine.offline.Mp4Writer;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class DetectCommandTest {
    private static final int FRAMES = 12;

    @TempDir
    static Path videos;

    private static Path street;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** People who walk through the drawn street. */
    @BeforeAll
    static void record() throws Exception {
        street = videos.resolve("street.mp4");
        try (var source = VideoSources.open(VideoSettings.of("test", "demo:crossing"), Clock.systemUTC());
                var writer = new Mp4Writer(street, source.stream())) {
            var pool = new FramePool(1, FrameInfo.bytes(640, 480));
            for (int i = 0; i < FRAMES; i++) {
                VideoSource.Picture picture = source.next(Duration.ZERO).orElseThrow();
                var slot = pool.lease().orElseThrow();
                picture.copyTo(slot.memory());
                var time = Instant.EPOCH.plus(picture.mediaTime());
                try (var frame = slot.publish(new FrameInfo("test", i + 1, time, 640, 480))) {
                    writer.write(frame, List.of());
                }
            }
        }
    }

    @Test
    void shouldWriteResultsOfEveryFrame() throws Exception {
        Path mot = folder.resolve("out.txt");
        Path json = folder.resolve("out.jsonl");
        Path video = folder.resolve("out.mp4");

        int status = detect(
                street.toString(),
                "--smallest-person=120",
                "--mot",
                mot.toString(),
                "--json",
                json.toString(),
                "--annotate",
                video.toString());

        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        assertThat(Files.readAllLines(mot))
                .isNotEmpty()
                .allMatch(line -> line.matches("([1-9]|1[0-2]),\\d+(,\\d+\\.\\d{2}){4},0\\.\\d{4},-1,-1,-1"));
        assertThat(Files.readAllLines(json))
                .hasSize(FRAMES)
                .allMatch(line -> line.matches("\\{\"frame\":\\d+,\"time\":\\d\\.\\d{3},\"width\":640,\"height\":480,"
                        + "\"objects\":\\[.*]}"))
                .element(FRAMES - 1)
                .asString()
                .startsWith("{\"frame\":12,\"time\":1.100,")
                .contains("\"type\":\"person\"");
        try (var annotated = VideoSources.open(VideoSettings.of("test", "file:" + video), Clock.systemUTC())) {
            assertThat(annotated.stream().frames()).isEqualTo(FRAMES);
            assertThat(annotated.stream().framesPerSecond()).isEqualTo(10);
        }
    }

    @Test
    void shouldOnlyTellASummaryWhenNoFileIsWanted() throws IOException {
        int status = detect(street.toString(), "--smallest-person", "120");

        assertThat(out())
                .startsWith("frames     12 of 640x480\nperson     ")
                .containsPattern(
                        "\\d+ followed, \\d+ boxes\nspeed +[\\d.]+ frames/s \\([\\d.]+ s\\)\nCPU +[\\d.]+ ms per frame\n$");
        assertThat(err()).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void shouldShowNobodyInTheVideoWhenAsked() throws Exception {
        Path open = folder.resolve("open.mp4");
        Path covered = folder.resolve("covered.mp4");
        detect(street.toString(), "--smallest-person=120", "--annotate", open.toString());

        int status = detect(
                street.toString(),
                "--smallest-person=120",
                "--annotate",
                covered.toString(),
                "--blur=person",
                "--privacy-strength=solid");

        assertThat(status).as(err()).isZero();
        assertThat(detail(covered)).isLessThan(0.9 * detail(open));
    }

    @Test
    void shouldRefuseToBlurWhatNobodyWouldFind() {
        Path video = folder.resolve("out.mp4");

        int status = detect(street.toString(), "--annotate", video.toString(), "--blur", "person,car");

        assertThat(err()).isEqualTo("sightline: --blur: nobody would cover [car], the detector 'hog' tells [person]\n");
        assertThat(status).isEqualTo(1);
        assertThat(video).doesNotExist();
    }

    /** How much brightness changes from pixel to pixel, over the whole video. */
    private static double detail(Path video) throws Exception {
        double sum = 0;
        try (var source = VideoSources.open(VideoSettings.of("test", "file:" + video), Clock.systemUTC())) {
            var i420 = ByteBuffer.allocateDirect(FrameInfo.bytes(640, 480));
            for (int frame = 0; frame < FRAMES; frame++) {
                source.next(Duration.ofSeconds(1)).orElseThrow().copyTo(i420);
                for (int i = 1; i < 640 * 480; i++) {
                    sum += Math.abs((i420.get(i) & 0xff) - (i420.get(i - 1) & 0xff));
                }
            }
        }
        return sum;
    }

    @Test
    void shouldScoreItselfAgainstTruth() throws IOException {
        Path mot = folder.resolve("out.txt");
        detect(street.toString(), "--smallest-person", "120", "--mot", mot.toString());
        out.reset();
        Path summary = folder.resolve("summary.json");

        int status = detect(
                street.toString(), "--smallest-person=120", "--truth", mot.toString(), "--summary", summary.toString());

        assertThat(err()).isEmpty();
        assertThat(status).isZero();
        assertThat(out())
                .contains(
                        "IoU 0.50         truth      P      R     F1     AP   MOTA   MOTP   IDF1 switches   MT   ML\n")
                .containsPattern("all +\\d+ +1.000  1.000  1.000  1.000  1.000  1.000  1.000        0 +\\d+    0\n$");
        var told = new ObjectMapper().readTree(summary.toFile());
        assertThat(told.at("/frames").asInt()).isEqualTo(FRAMES);
        assertThat(told.at("/complete").asBoolean()).isTrue();
        assertThat(told.at("/labels/person/boxes").asLong())
                .isEqualTo(Files.lines(mot).count())
                .isEqualTo(told.at("/score/all/hits").asLong());
        assertThat(told.at("/score/all/mota").asDouble()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTruthThatDoesNotFit() throws IOException {
        Path mot = folder.resolve("out.txt");
        Path other = Files.writeString(folder.resolve("gt.txt"), "1,1,1,1,9,9,1\n13,1,1,1,9,9,1\n");
        Path bad = Files.writeString(folder.resolve("bad.txt"), "1,1,1,1,9\n");

        for (Path truth : List.of(other, bad, folder.resolve("missing.txt"))) {
            err.reset();

            int status = detect(street.toString(), "--truth", truth.toString(), "--mot", mot.toString());

            assertThat(err()).startsWith("sightline: " + truth + ":").hasLineCount(1);
            assertThat(status).isEqualTo(1);
        }
        assertThat(mot).doesNotExist();
    }

    @Test
    void shouldKeepWhatCouldBeReadOfARecordingThatIsCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(street);
        Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length * 3 / 4));
        Path json = folder.resolve("out.jsonl");

        int status = detect(cut.toString(), "--smallest-person", "120", "--json", json.toString());

        assertThat(err())
                .startsWith("sightline: warning: the input is cut off or damaged: only ")
                .endsWith(" of 12 frames could be read; results are of those\n")
                .hasLineCount(1);
        assertThat(Files.readAllLines(json)).hasSizeBetween(1, FRAMES - 1);
        assertThat(out()).startsWith("frames ");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void shouldTellInOneLineWhyAnInputCannotBeRead() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path none = Files.createDirectory(folder.resolve("images"));

        for (Path input : List.of(empty, none, folder.resolve("missing.mp4"))) {
            err.reset();

            assertThat(detect(input.toString())).as(err()).isEqualTo(1);
            assertThat(err()).startsWith("sightline: input: file:" + input).hasLineCount(1);
        }
        assertThat(out()).isEmpty();
    }

    @Test
    void shouldGateWhenAskedAndTellHowManyFramesWereLookedAt() throws IOException {
        Path file = folder.resolve("motion.txt");

        int status = detect(street.toString(), "--detector", "motion", "--gate", "--mot", file.toString());

        assertThat(status).as(err()).isZero();
        assertThat(out())
                .startsWith("frames ")
                .contains("\ngate       " + FRAMES + " of " + FRAMES + " frames looked at\n");
        assertThat(Files.readAllLines(file)).isNotEmpty();
    }

    @Test
    void shouldTellInOneLineWhyAModelCannotBeUsed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "hello");

        for (Path model : List.of(text, folder.resolve("missing.onnx"))) {
            err.reset();

            assertThat(detect(street.toString(), "--model", model.toString())).isEqualTo(1);
            assertThat(err())
                    .startsWith("sightline: detector 'onnx': ")
                    .contains(model.toString())
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"mot,missing/out.txt", "json,missing/out.jsonl", "annotate,missing/out.mp4", "mot,taken"})
    void shouldTellInOneLineWhyAFileCannotBeWritten(String option, String name) throws IOException {
        Files.createDirectory(folder.resolve("taken"));
        Path file = folder.resolve(name);

        int status = detect(street.toString(), "--" + option, file.toString());

        assertThat(err())
                .startsWith("sightline: " + file + ": cannot be written: ")
                .hasLineCount(1);
        assertThat(status).isEqualTo(1);
    }

    @Test
    void shouldNotTouchResultsWhenItCannotStart() throws IOException {
        Path mot = Files.writeString(folder.resolve("out.txt"), "yesterday's");

        detect(folder.resolve("missing.mp4").toString(), "--mot", mot.toString());

        assertThat(mot).hasContent("yesterday's");
    }

    @Test
    void shouldRefuseToWriteOverItsInput() {
        assertThatThrownBy(() -> detect(street.toString(), "--annotate", street.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("street.mp4 is named twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --colour red                        | unknown option '--colour'; known are --annotate, --blur, --classes
            --detector dice                     | --detector: got 'dice', allowed are hog, onnx, caffe and motion
            --detector onnx                     | --detector onnx needs --model FILE
            --labels coco                       | --labels is for --detector onnx
            --detector motion --model m.onnx    | --model is for --detector onnx
            --model m.onnx --smallest-person 64 | --smallest-person is for --detector hog
            --model m.onnx --decoder dice       | decoder: got 'dice', allowed are auto, detr
            --model m.onnx --network a.prototxt --decoder ssd | --decoder is for --detector onnx
            --model https://example.com/m.onnx  | --model with an address needs --sha256
            --model http://example.com/m.onnx --sha256 0 | allowed are https: addresses
            --model m.onnx --input-size big     | input: size: got 'big', allowed are auto and width x height
            --model m.onnx --mean 1,2           | mean: got [1.0, 2.0], allowed are one or three numbers
            --model m.onnx --device 1           | --device: got 1, but --provider cpu has no devices
            --model m.onnx --provider npu       | --provider: got 'npu', allowed are cpu, cuda
            --model m.onnx --fit crop           | --fit: got 'crop', allowed are auto, top-left, centred, stretched
            --smallest-person 8                 | --smallest-person: got '8', allowed is a number from 16 to 1000
            --min-confidence high               | --min-confidence: got 'high', allowed is a number
            --min-confidence 2                  | min-confidence: got 2.0, allowed is more than 0 and less than 1
            --blur person                       | --blur is for --annotate FILE.mp4
            --annotate o.mp4 --privacy-strength solid | --privacy-strength is for --blur
            --annotate o.mp4 --blur person --privacy-strength weak | got 'weak', allowed are medium, strong, solid
            --annotate out.avi                  | out.avi', allowed is a name that ends in .mp4
            --mot same --json ./same            | same is named twice
            --truth gt.txt --mot gt.txt         | gt.txt is named twice
            --iou 0.5                           | --iou is for --truth FILE
            --truth gt.txt --iou 1.5            | --iou: got 1.5, allowed is more than 0 and at most 1
            second.mp4                          | got 2
            """)
    void shouldRefuseACommandLineThatMakesNoSense(String arguments, String problem) {
        String line = "first.mp4 " + arguments;

        assertThatThrownBy(() -> DetectOptions.read(List.of(line.split(" "))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldRefuseAnAddressOfWhichNobodyCanTellTheLogin() {
        for (String word : List.of("rtsp://guard:pa/ss@192.0.2.1/live", "rtsp://guard:p@a/ss@192.0.2.1/live")) {
            assertThatThrownBy(() -> DetectOptions.read(List.of(word)))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("got 'rtsp://***@192.0.2.1/live', allowed is no @ behind");
        }
    }

    @Test
    void shouldTakeALoginOutOfAnAddress() {
        var options = DetectOptions.read(List.of("rtsp://guard:p%40ss@192.0.2.1/live"));

        assertThat(options.input().address()).isEqualTo("rtsp://192.0.2.1/live");
        assertThat(options.input().login()).contains(new VideoSettings.Login("guard", "p@ss"));
        assertThat(options.toString()).doesNotContain("p@ss");
    }

    @Test
    void shouldRefuseAnAddressThatNobodyCanOpen() {
        assertThatThrownBy(() -> DetectOptions.read(List.of("ftp://192.0.2.1/live")))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "input: uri: got scheme 'ftp', allowed are demo:, file:, folder:, v4l2:, http:, https:, rtsp:"
                                + " and rtsps:");
    }

    private int detect(String... arguments) {
        return DetectCommand.run(List.of(arguments), stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
