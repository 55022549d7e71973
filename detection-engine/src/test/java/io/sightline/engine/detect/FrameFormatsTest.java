package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.model.InputWishes;
import io.sightline.engine.motion.MotionGate;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.motion.Verdict;
import io.sightline.engine.video.ColourVideo;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a file in any pixel format to what each detector says of it: the same as of a plain picture of those colours. */
@Timeout(120)
class FrameFormatsTest {
    private static final int WIDTH = 128;
    private static final int HEIGHT = 64;

    @TempDir
    Path folder;

    /** Red and blue, or the two greys that are as bright. */
    @ParameterizedTest
    @CsvSource({
        "qtrle, argb, mov, true",
        "png, rgba, mov, true",
        "png, pal8, mov, true",
        "ffv1, yuva420p, mkv, true",
        "prores_ks, yuva444p10le, mov, true",
        "png, gray, mov, false",
        "png, gray16be, mov, false",
        "png, ya8, mov, false",
        "ffv1, gray, mkv, false"
    })
    void shouldSeeTheSameAsInAPlainPicture(String codec, String pixels, String container, boolean coloured)
            throws Exception {
        Path file = ColourVideo.video(folder.resolve("a." + container), codec, pixels, WIDTH, HEIGHT);

        for (String type : List.of("hog", "onnx", "caffe")) {
            try (var detector = detector(type);
                    var read = read(file);
                    var plain = plain(coloured)) {
                double[] expected = strongest(detector.detect(plain));
                assertThat(strongest(detector.detect(read))).as(type).containsExactly(expected, within(0.04));
                assertThat(Arrays.stream(expected).sum() > 0).as(type).isNotEqualTo(type.equals("hog"));
            }
        }
    }

    /** Blue first: only what is blue is bright for this model, above and below. */
    @ParameterizedTest
    @CsvSource({"qtrle, argb, mov", "png, rgba, mov", "png, pal8, mov", "ffv1, yuva420p, mkv"})
    void shouldTellRedFromBlueWhateverTheAlpha(String codec, String pixels, String container) throws Exception {
        Path file = ColourVideo.video(folder.resolve("a." + container), codec, pixels, WIDTH, HEIGHT);

        try (var detector = detector("onnx");
                var frame = read(file)) {
            assertThat(strongest(detector.detect(frame))).containsExactly(new double[] {0, 1, 0, 1}, within(0.04));
        }
    }

    @ParameterizedTest
    @CsvSource({"qtrle, argb, mov", "png, gray16be, mov", "ffv1, yuva420p, mkv"})
    void shouldSeeNoMotionInAPictureThatStands(String codec, String pixels, String container) throws Exception {
        Path file = ColourVideo.video(folder.resolve("a." + container), codec, pixels, WIDTH, HEIGHT);
        var gate = new MotionGate(MotionSettings.defaults());

        try (var detector = detector("motion");
                var first = read(file);
                var second = read(file)) {
            gate.judge(first, List.of());
            var verdict = gate.judge(second, List.of());
            var moving = verdict instanceof Verdict.Look look ? look.moving() : List.<BoundingBox>of();
            assertThat(moving).isEmpty();
            assertThat(detector.detect(second, List.of())).isEmpty();
        }
    }

    /** Most certain of what has its middle in each quarter: above left, above right, below left, below right. */
    private static double[] strongest(List<SeenObject> found) {
        var quarters = new double[4];
        for (SeenObject object : found) {
            BoundingBox box = object.box();
            int right = box.x() + box.right() >= WIDTH ? 1 : 0;
            int below = box.y() + box.bottom() >= HEIGHT ? 2 : 0;
            quarters[below + right] = Math.max(quarters[below + right], object.confidence());
        }
        return quarters;
    }

    private static Frame read(Path file) throws Exception {
        try (var source = VideoSources.open(VideoSettings.of("test", "file:" + file), Clock.systemUTC())) {
            var picture = source.next(Duration.ofSeconds(5)).orElseThrow();
            var slot = Frames.pool(1, picture.width(), picture.height()).lease().orElseThrow();
            picture.copyTo(slot.memory());
            return slot.publish(new FrameInfo("test", 1, Instant.EPOCH, picture.width(), picture.height()));
        }
    }

    /** Red at the left and blue at the right in limited BT.601, or only as bright. */
    private static Frame plain(boolean coloured) {
        int[] left = coloured ? new int[] {81, 90, 240} : new int[] {81, 128, 128};
        int[] right = coloured ? new int[] {41, 240, 110} : new int[] {41, 128, 128};
        var slot = Frames.pool(1, WIDTH, HEIGHT).lease().orElseThrow();
        var memory = slot.memory();
        memory.clear();
        for (int plane = 0; plane < left.length; plane++) {
            int width = plane == 0 ? WIDTH : WIDTH / 2;
            int height = plane == 0 ? HEIGHT : HEIGHT / 2;
            for (int i = 0; i < width * height; i++) {
                memory.put((byte) (i % width < width / 2 ? left[plane] : right[plane]));
            }
        }
        return slot.publish(new FrameInfo("test", 1, Instant.EPOCH, WIDTH, HEIGHT));
    }

    private Detector detector(String type) throws Exception {
        return switch (type) {
            case "hog" -> Detectors.open(new DetectorSpec.Hog(type, 48, 0.6));
            case "motion" -> Detectors.open(new DetectorSpec.Motion(type, 0.6));
            case "caffe" -> {
                Path network = Files.writeString(folder.resolve("tiny.prototxt"), TinyCaffe.NETWORK);
                Path weights = Files.write(folder.resolve("tiny.caffemodel"), TinyCaffe.weights());
                yield Detectors.open(
                        new DetectorSpec.Caffe(type, weights, network, "voc", Set.of(), 0.2, InputWishes.NONE));
            }
            default -> {
                Path file = TinyModel.write(folder.resolve("tiny.onnx"), TinyModel.bright(new long[] {1, 3, 128, 128}));
                Path labels = Files.write(folder.resolve("labels.txt"), List.of("a", "b", "c", "d"));
                yield Detectors.open(new DetectorSpec.Onnx(type, file, "yolox", labels.toString(), Set.of(), 0.2));
            }
        };
    }
}
