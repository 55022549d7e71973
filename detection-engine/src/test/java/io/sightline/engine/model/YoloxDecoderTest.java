package io.sightline.engine.model;

import static io.sightline.engine.model.Answers.answer;
import static io.sightline.engine.model.Answers.output;
import static io.sightline.engine.model.Answers.read;
import static io.sightline.engine.model.Answers.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.model.Answers.Seen;
import io.sightline.engine.model.Proposals.Corners;
import org.junit.jupiter.api.Test;

class YoloxDecoderTest {
    /** 8 x 4 cells of 8 pixels, 4 x 2 of 16, 2 x 1 of 32. */
    private static final int ROWS = 32 + 8 + 2;

    private static final int COLUMNS = 7;

    private final Decoder decoder = new YoloxDecoder();
    private final float[] values = new float[ROWS * COLUMNS];

    @Test
    void shouldReadCellsOfAllSizes() throws Exception {
        // Given: in the second row of the finest grid, and the second cell of the coarsest
        put(8 + 3, 0.5f, 0.25f, (float) Math.log(2), 0, 0.9f, 0.1f, 0.8f);
        put(41, 0, 0, 0, 0, 1, 1, 0);

        // When
        var seen = read(decoder, answer(out()), wanted(2));

        // Then
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).label()).isEqualTo(1);
        assertThat(seen.get(0).score()).isEqualTo(0.9f * 0.8f);
        assertThat(seen.get(0).box()).isEqualTo(new Corners(20, 6, 36, 14));
        assertThat(seen.get(1)).isEqualTo(new Seen(1, 0, new Corners(16, -16, 48, 16)));
    }

    @Test
    void shouldTellOnlyWantedLabelsThatAreCertainEnough() throws Exception {
        put(0, 0, 0, 0, 0, 0.9f, 0.9f, 0);
        put(1, 0, 0, 0, 0, 0.4f, 0, 0.4f);
        put(2, 0, 0, 0, 0, 0.9f, 0, 0.9f);

        assertThat(read(decoder, answer(out()), wanted(2, 0)))
                .extracting(Seen::label)
                .containsExactly(1);
    }

    @Test
    void shouldRefuseOtherShapesAndNameBoth() {
        var transposed = output("output", new long[] {1, COLUMNS, ROWS}, values);

        assertThatThrownBy(() -> decoder.fit(answer(transposed), wanted(2)))
                .hasMessageContaining("[1, 7, 42]")
                .hasMessageContaining("[1, 42, 7]");
        assertThatThrownBy(() -> decoder.fit(answer(out()), wanted(3))).hasMessageContaining("[1, 42, 8]");
        assertThatThrownBy(() -> decoder.fit(answer(out(), out()), wanted(2))).hasMessageContaining("2 outputs");
    }

    @Test
    void shouldTellItselfFromRowsInPixels() {
        assertThat(decoder.recognises(answer(out()))).isTrue();
        put(5, 30, 16, 60, 30, 0, 0, 0);
        assertThat(decoder.recognises(answer(out()))).isFalse();
        assertThat(new YoloV5Decoder().recognises(answer(out()))).isTrue();
    }

    private ModelAnswer.Output out() {
        return output("output", new long[] {1, ROWS, COLUMNS}, values);
    }

    private void put(int row, float... numbers) {
        System.arraycopy(numbers, 0, values, row * COLUMNS, numbers.length);
    }
}
