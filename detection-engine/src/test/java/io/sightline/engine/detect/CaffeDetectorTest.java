package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.model.InputWishes;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaffeDetectorTest {
    @TempDir
    Path folder;

    @Test
    void shouldTellWhatTheNetworkSees() throws Exception {
        // Given: as certain of a person as the third channel, red, is bright: (1 + red) / 2 for red from -1 to 1
        try (var detector = open(TinyCaffe.NETWORK, TinyCaffe.weights(), "voc", Set.of());
                var red = plain(640, 480, 81, 90, 240);
                var black = plain(640, 480, 16, 128, 128)) {
            // When
            var found = detector.detect(red);

            // Then
            assertThat(found).singleElement().satisfies(object -> {
                assertThat(object.label()).isEqualTo("person");
                assertThat(object.confidence()).isCloseTo(1, within(0.02));
                assertThat(object.box().x()).isCloseTo(160, within(0.01));
                assertThat(object.box().y()).isCloseTo(240, within(0.01));
                assertThat(object.box().width()).isCloseTo(320, within(0.01));
                assertThat(object.box().height()).isCloseTo(240, within(0.01));
            });
            assertThat(detector.detect(black)).isEmpty();
            assertThat(detector.info().model()).isEqualTo("tiny");
            assertThat(detector.info().sha256()).hasSize(64);
        }
    }

    @Test
    void shouldSayOnlyWhatItTellsOf() throws Exception {
        try (var people = open(TinyCaffe.NETWORK, TinyCaffe.weights(), "voc", Set.of("person"));
                var all = open(TinyCaffe.NETWORK, TinyCaffe.weights(), "voc", Set.of());
                var red = plain(640, 480, 81, 90, 240)) {
            assertThat(people.info().labels()).containsExactly("person");
            assertThat(people.detect(red)).extracting(SeenObject::label).containsExactly("person");
            assertThat(all.info().labels()).hasSize(20).contains("person").doesNotContain("background");
        }
    }

    @Test
    void shouldKeepThreadsApart() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try (var detector = open(TinyCaffe.NETWORK, TinyCaffe.weights(), "voc", Set.of());
                var red = plain(64, 48, 81, 90, 240);
                var black = plain(64, 48, 16, 128, 128)) {
            Callable<Boolean> seesRed = () -> always(detector, red, 1);
            Callable<Boolean> seesNothing = () -> always(detector, black, 0);

            for (var result : threads.invokeAll(List.of(seesRed, seesNothing))) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void shouldRefuseWhatItCannotUse() {
        assertThatThrownBy(() -> open("no network at all", TinyCaffe.weights(), "voc", Set.of()))
                .hasMessageContaining("'pets'")
                .hasMessageContaining("Caffe");
        assertThatThrownBy(() -> open(TinyCaffe.NETWORK, "no weights".getBytes(), "voc", Set.of()))
                .hasMessageContaining("'pets'");
        assertThatThrownBy(() -> open(
                        TinyCaffe.NETWORK.replace("dim: 7", "dim: 7 dim: 1"), TinyCaffe.weights(), "voc", Set.of()))
                .hasMessageContaining("[1, 1, N, 7]");
        assertThatThrownBy(() -> open(TinyCaffe.NETWORK, TinyCaffe.weights(), "voc", Set.of("zebra")))
                .hasMessageContaining("zebra");
    }

    @Test
    void shouldNotGrowNativeMemory() throws Exception {
        try (var detector = open(TinyCaffe.NETWORK, TinyCaffe.weights(), "voc", Set.of());
                var frame = plain(320, 240, 81, 90, 240)) {
            // one forgotten blob per frame would be 500 MB
            assertThat(NativeMemory.leastGrowth(detector, frame, 500)).isLessThan(8L << 20);
        }
    }

    private static boolean always(Detector detector, Frame frame, int objects) throws DetectionException {
        for (int i = 0; i < 50; i++) {
            if (detector.detect(frame).size() != objects) {
                return false;
            }
        }
        return true;
    }

    private Detector open(String network, byte[] weights, String labels, Set<String> classes) throws Exception {
        Path model = Files.write(folder.resolve("tiny.caffemodel"), weights);
        Path layers = Files.writeString(folder.resolve("tiny.prototxt"), network);
        return Detectors.open(new DetectorSpec.Caffe("pets", model, layers, labels, classes, 0.6, InputWishes.NONE));
    }

    private static Frame plain(int width, int height, int... yuv) {
        var info = new FrameInfo("a", 1, Instant.EPOCH, width, height);
        return Frames.plain(Frames.pool(1, width, height), info, yuv[0], yuv[1], yuv[2]);
    }
}
