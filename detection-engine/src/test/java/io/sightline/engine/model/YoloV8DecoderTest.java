package io.sightline.engine.model;

import static io.sightline.engine.model.Answers.answer;
import static io.sightline.engine.model.Answers.output;
import static io.sightline.engine.model.Answers.read;
import static io.sightline.engine.model.Answers.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.model.Answers.Seen;
import io.sightline.engine.model.Proposals.Corners;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class YoloV8DecoderTest {
    private static final int PLACES = 42;

    private final Decoder decoder = new YoloV8Decoder();
    private final float[] values = new float[7 * PLACES];

    @Test
    void shouldTakeTheBestClassOfEachPlace() throws Exception {
        // Given: centre, size and three classes in columns
        put(0, 20, 10, 8, 4, 0.1f, 0.7f, 0.6f);
        put(41, 30, 20, 10, 10, 0.3f, 0.2f, 0.1f);
        put(7, 1, 1, 1, 1, 0.2f, 0.2f, 0.2f);

        // When
        var seen = read(decoder, answer(out()), wanted(3));

        // Then
        assertThat(seen)
                .containsExactly(
                        new Seen(0.7f, 1, new Corners(16, 8, 24, 12)), new Seen(0.3f, 0, new Corners(25, 15, 35, 25)));
    }

    @Test
    void shouldForgetTheLastPicture() throws Exception {
        // Given
        var reader = decoder.fit(answer(out()), wanted(3));
        put(3, 20, 10, 8, 4, 0, 0, 0.9f);
        reader.read(answer(out()), (score, label, box) -> {});
        put(3, 20, 10, 8, 4, 0.8f, 0, 0);

        // When
        var labels = new ArrayList<Integer>();
        reader.read(answer(out()), (score, label, box) -> labels.add(label));

        // Then
        assertThat(labels).containsExactly(0);
    }

    @Test
    void shouldRefuseSegmentationAndPose() {
        var pose = output("output0", new long[] {1, 56, PLACES}, new float[56 * PLACES]);

        assertThatThrownBy(() -> decoder.fit(answer(pose), wanted(1)))
                .hasMessageContaining("[1, 56, 42]")
                .hasMessageContaining("[1, 5, ?]");
    }

    @Test
    void shouldBeRecognisedByOnePlacePerCell() {
        assertThat(decoder.recognises(answer(out()))).isTrue();
        assertThat(decoder.recognises(answer(output("o", new long[] {1, 7, 300}, new float[2100]))))
                .isFalse();
    }

    private ModelAnswer.Output out() {
        return output("output0", new long[] {1, 7, PLACES}, values);
    }

    private void put(int place, float... numbers) {
        for (int i = 0; i < numbers.length; i++) {
            values[i * PLACES + place] = numbers[i];
        }
    }
}
