package io.sightline.engine.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineCountFiguresTest {

    /** Seeds from 21 on were not looked at while the counting was made. */
    @Test
    void shouldCountDrawnCrossingsThroughOcclusionAndFlicker() {
        var result = LineCountFigures.measure(1000, 21);

        assertThat(result.crossings()).isGreaterThanOrEqualTo(1000);
        assertThat(result.exact()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void shouldMeasureTheSameWithTheSameSeed() {
        assertThat(LineCountFigures.measure(50, 7)).isEqualTo(LineCountFigures.measure(50, 7));
    }
}
