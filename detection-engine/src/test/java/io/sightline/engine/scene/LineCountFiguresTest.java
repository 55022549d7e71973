package io.sightline.engine.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineCountFiguresTest {

    @Test
    void shouldCountDrawnCrossingsThroughOcclusionAndFlicker() {
        var result = LineCountFigures.measure(3000, 2);

        assertThat(result.crossings()).isGreaterThanOrEqualTo(3000);
        assertThat(result.exact()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void shouldMeasureTheSameWithTheSameSeed() {
        assertThat(LineCountFigures.measure(50, 7)).isEqualTo(LineCountFigures.measure(50, 7));
    }
}
