package io.sightline.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TroubledLooksTest {
    private static final int FRAMES = 500;

    @Test
    void shouldShowEverNewSizesAndFailInEachWay() throws Exception {
        // Given
        var detector = new StumblingDetector();
        try (var looks = new TroubledLooks(List.of(detector))) {
            // When
            looks.take(FRAMES);

            // Then
            assertThat(looks.toString())
                    .contains("consumer=", "given back=", "interrupted=", "stumbling FAILED=1")
                    .doesNotContain("none");
            assertThat(detector.sizes).hasSizeGreaterThan(FRAMES / 2);
        }
    }

    /** Sees nothing, and fails once. */
    private static final class StumblingDetector implements Detector {
        private final Set<List<Integer>> sizes = new HashSet<>();
        private boolean stumbled;

        @Override
        public DetectorInfo info() {
            return new DetectorInfo("stumbling", "none", "0", List.of());
        }

        @Override
        public List<SeenObject> detect(Frame frame) throws DetectionException {
            assertThat(frame.luma().remaining()).isPositive();
            sizes.add(List.of(frame.width(), frame.height()));
            if (!stumbled) {
                stumbled = true;
                throw new DetectionException("stumbled");
            }
            return List.of();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
