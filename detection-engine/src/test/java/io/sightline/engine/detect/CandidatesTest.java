package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final Candidates candidates = new Candidates();

    @Test
    void shouldKeepTheBestOfThoseThatOverlap() {
        add(0.7f, 0, 0, 10, 10);
        add(0.9f, 1, 0, 11, 10);
        add(0.8f, 50, 50, 60, 60);

        assertThat(candidates.suppress(0.5, 10)).containsExactly(1, 2);
    }

    @Test
    void shouldLeaveOutWhatIsNoRectangle() {
        add(0.9f, 10, 0, 0, 10);
        add(0.9f, 0, 0, Float.POSITIVE_INFINITY, 10);
        add(Float.NaN, 0, 0, 10, 10);

        assertThat(candidates.size()).isZero();
        assertThat(candidates.suppress(0.5, 10)).isEmpty();
    }

    @Test
    void shouldKeepNoMoreThanTheLimit() {
        for (int i = 0; i < 1000; i++) {
            add(i / 1000f, 20 * i, 0, 20 * i + 10, 10);
        }

        assertThat(candidates.suppress(0.5, 3)).containsExactly(999, 998, 997);
    }

    @Test
    void shouldAgreeWithTheDefinition() {
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            candidates.clear();
            var boxes = new ArrayList<BoundingBox>();
            for (int i = 0; i < 60; i++) {
                float x = random.nextInt(60);
                float y = random.nextInt(60);
                float side = 10 + random.nextInt(30);
                add(random.nextFloat(), x, y, x + side, y + side);
                boxes.add(new BoundingBox(x, y, side, side));
            }

            var kept = candidates.suppress(0.4, 100);

            // what is kept overlaps nothing better that is kept, what is not kept does
            for (int i = 0; i < boxes.size(); i++) {
                int at = i;
                boolean covered = kept.stream()
                        .filter(k -> candidates.score(k) > candidates.score(at))
                        .anyMatch(k -> boxes.get(k).overlap(boxes.get(at)) > 0.4);
                assertThat(kept.contains(at)).isEqualTo(!covered);
            }
        }
    }

    private void add(float score, float left, float top, float right, float bottom) {
        candidates.add(score, 0, new Candidates.Corners(left, top, right, bottom));
    }
}
