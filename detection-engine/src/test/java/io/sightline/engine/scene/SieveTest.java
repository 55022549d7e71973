package io.sightline.engine.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SieveTest {
    private static final FrameInfo FRAME = new FrameInfo("a", 1, Instant.EPOCH, 1000, 500);
    private static final ObjectFilter PEOPLE = new ObjectFilter("person", 0.004, 0.1, 0.2, 0.8, 0.6);

    @Test
    void shouldBelievePeopleOfAPersonsSizeShapeAndCertainty() {
        var good = person(0.9, 40, 100);
        var tiny = person(0.9, 15, 40);
        var huge = person(0.9, 200, 400);
        var flat = person(0.9, 100, 100);
        var thin = person(0.9, 15, 150);
        var unsure = person(0.5, 40, 100);
        var car = new SeenObject("car", 0.3, new BoundingBox(0, 0, 900, 400));

        assertThat(new Sieve(List.of(PEOPLE), List.of())
                        .sift(new Observation(FRAME, List.of(good, tiny, huge, flat, thin, unsure, car)))
                        .objects())
                .containsExactly(good, car);
    }

    @Test
    void shouldSeeNobodyWhoStandsInAMask() {
        var mask = List.of(new Point(0, 0.5), new Point(0.5, 0.5), new Point(0.5, 1), new Point(0, 1));
        var inside = new SeenObject("person", 0.9, new BoundingBox(100, 200, 40, 200));
        var above = new SeenObject("person", 0.9, new BoundingBox(100, 100, 40, 100));
        var cutOff = new SeenObject("person", 0.9, new BoundingBox(100, 400, 40, 200));

        assertThat(new Sieve(List.of(), List.of(mask))
                        .sift(new Observation(FRAME, List.of(inside, above, cutOff)))
                        .objects())
                .containsExactly(above);
    }

    @Test
    void shouldRefuseLimitsThatLetNothingPass() {
        assertThatThrownBy(() -> new ObjectFilter("person", 0.5, 0.1, 0.8, 0.2, 2))
                .hasMessageContaining("area from 0.5 to 0.1")
                .hasMessageContaining("ratio from 0.8 to 0.2")
                .hasMessageContaining("confidence 2.0");
        assertThatThrownBy(() -> new Sieve(List.of(), List.of(List.of(new Point(0, 0), new Point(1, 2)))))
                .hasMessageContaining("mask: point [1.0, 2.0] is outside")
                .hasMessageContaining("mask: polygon has 2 points");
    }

    private static SeenObject person(double confidence, double width, double height) {
        return new SeenObject("person", confidence, new BoundingBox(10, 10, width, height));
    }
}
