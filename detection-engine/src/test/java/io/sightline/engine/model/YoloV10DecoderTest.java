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

class YoloV10DecoderTest {
    private final Decoder decoder = new YoloV10Decoder();

    @Test
    void shouldReadCornersScoreAndClass() throws Exception {
        // Given: an object, an empty row, a class that no label has
        var rows =
                output("output0", new long[] {1, 3, 6}, 1, 2, 11, 22, 0.9f, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0.8f, 7);

        // When
        var seen = read(decoder, answer(rows), wanted(2));

        // Then
        assertThat(seen).containsExactly(new Seen(0.9f, 1, new Corners(1, 2, 11, 22)));
    }

    @Test
    void shouldThinNothingOut() throws Exception {
        var rows = output("output0", new long[] {1, 1, 6}, new float[6]);

        assertThat(decoder.fit(answer(rows), wanted(2)).maxOverlap()).isGreaterThan(1);
    }

    @Test
    void shouldRefuseOtherShapesAndNameBoth() {
        assertThatThrownBy(() -> decoder.fit(answer(output("o", new long[] {1, 3, 7}, new float[21])), wanted(2)))
                .hasMessageContaining("[1, 3, 7]")
                .hasMessageContaining("[1, ?, 6]");
    }

    @Test
    void shouldNotBeRecognisedInRowsOfAnotherKind() {
        var scored = output("o", new long[] {1, 1, 6}, 20, 10, 8, 4, 0.5f, 0.9f);
        var many = output("o", new long[] {1, 1200, 6}, new float[7200]);

        assertThat(decoder.recognises(answer(scored))).isFalse();
        assertThat(decoder.recognises(answer(many))).isFalse();
    }
}
