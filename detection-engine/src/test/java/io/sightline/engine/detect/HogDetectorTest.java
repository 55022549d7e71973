package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HogDetectorTest {

    @Test
    void shouldFindNobodyInAnEmptyPicture() throws Exception {
        var pool = Frames.pool(1, 320, 240);
        try (var detector = open(128);
                var frame = Frames.grey(pool, "a", 320, 240)) {
            assertThat(detector.detect(frame)).isEmpty();
        }
        assertThat(pool.leased()).isZero();
    }

    @Test
    void shouldTakePicturesOfAnySize() throws Exception {
        try (var detector = open(96)) {
            for (int[] size : new int[][] {{1, 1}, {16383, 2}, {63, 129}, {64, 128}, {65, 131}}) {
                try (var frame = Frames.grey(Frames.pool(1, size[0], size[1]), "a", size[0], size[1])) {
                    assertThat(detector.detect(frame)).isEmpty();
                }
            }
        }
    }

    @Test
    void shouldSayWhichSettingAPictureIsTooLargeFor() throws Exception {
        try (var detector = open(16);
                var frame = Frames.grey(Frames.pool(1, 4000, 3000), "a", 4000, 3000)) {
            assertThatThrownBy(() -> detector.detect(frame))
                    .hasMessageContaining("4000x3000")
                    .hasMessageContaining("larger smallest person");
        }
    }

    @Test
    void shouldMapWeightsToConfidences() {
        assertThat(HogDetector.confidence(0)).isEqualTo(0.5);
        assertThat(HogDetector.confidence(0.4)).isCloseTo(0.6, within(0.002));
        assertThat(HogDetector.weight(HogDetector.confidence(1.3))).isCloseTo(1.3, within(1e-9));
    }

    @Test
    void shouldTellItsParametersByAHash() throws Exception {
        try (var near = open(128);
                var far = open(64)) {
            assertThat(near.info().labels()).containsExactly("person");
            assertThat(near.info().sha256()).hasSize(64).isNotEqualTo(far.info().sha256());
        }
    }

    @Test
    void shouldRefuseFramesOnceClosed() throws Exception {
        var detector = open(128);
        detector.close();
        detector.close();

        try (var frame = Frames.grey(Frames.pool(1, 320, 240), "a", 320, 240)) {
            assertThatThrownBy(() -> detector.detect(frame)).hasMessageContaining("was closed");
        }
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new DetectorSpec.Hog("people", 4, 1.5))
                .hasMessageContaining("'people'")
                .hasMessageContaining("16 to 1000")
                .hasMessageContaining("min-confidence");
    }

    @Test
    void shouldNotGrowNativeMemory() throws Exception {
        try (var detector = open(96);
                var frame = Frames.grey(Frames.pool(1, 96, 160), "a", 96, 160)) {
            // one forgotten picture per frame would be 7 MB
            assertThat(NativeMemory.leastGrowth(detector, frame, 500)).isLessThan(4L << 20);
        }
    }

    private static Detector open(int smallestPerson) throws DetectionException {
        return Detectors.open(new DetectorSpec.Hog("people", smallestPerson, 0.6));
    }
}
