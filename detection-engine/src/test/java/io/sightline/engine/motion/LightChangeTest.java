package io.sightline.engine.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LightChangeTest {
    private final LightChange light = new LightChange();

    @Test
    void shouldFitALineThroughMostOfThePicture() {
        // Given: a picture that grows lighter, and a third of it that is covered by something else
        float[] before = new float[19_200];
        float[] now = new float[before.length];
        var random = new Random(5);
        for (int i = 0; i < before.length; i++) {
            before[i] = 40 + random.nextInt(120);
            now[i] = i < before.length / 3 ? 20 : before[i] * 1.1f + 5;
        }

        var line = light.fit(now, before);

        assertThat(line.gain()).isCloseTo(0.1f, within(0.03f));
        assertThat(100 * line.gain() + line.offset()).isCloseTo(15f, within(2f));
        assertThat(line.jump()).isFalse();
    }

    @Test
    void shouldNotTakeASmallObjectInAnEvenPictureForANewLight() {
        // Given: all grey, and a place that has been a little darker for a while
        float[] before = new float[19_200];
        Arrays.fill(before, 120);
        Arrays.fill(before, 0, 800, 118);
        float[] now = new float[before.length];
        Arrays.fill(now, 120);
        Arrays.fill(now, 0, 800, 40);

        assertThat(light.fit(now, before)).isEqualTo(LightChange.Line.NONE);
    }

    @Test
    void shouldTellALampFromACloud() {
        float[] before = new float[2_000];
        Arrays.fill(before, 100);
        float[] now = new float[before.length];
        Arrays.fill(now, 160);

        assertThat(light.fit(now, before).jump()).isTrue();
    }
}
