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

class YoloV5DecoderTest {
    private final Decoder decoder = new YoloV5Decoder();

    @Test
    void shouldMultiplyObjectAndClass() throws Exception {
        // Given: centre, size, object, two classes; the second row is too uncertain
        var rows =
                output("output0", new long[] {1, 2, 7}, 20, 10, 8, 4, 0.5f, 0.9f, 0.6f, 1, 1, 1, 1, 0.9f, 0.1f, 0.2f);

        // When
        var seen = read(decoder, answer(rows), wanted(2));

        // Then
        assertThat(seen).containsExactly(new Seen(0.45f, 0, new Corners(16, 8, 24, 12)));
    }

    @Test
    void shouldRefuseOtherShapesAndNameBoth() {
        var columns = output("output0", new long[] {1, 7, 2}, new float[14]);

        assertThatThrownBy(() -> decoder.fit(answer(columns), wanted(2)))
                .hasMessageContaining("[1, 7, 2]")
                .hasMessageContaining("[1, ?, 7]");
    }

    @Test
    void shouldBeRecognisedByThreeAnchorsPerCell() {
        assertThat(decoder.recognises(answer(output("o", new long[] {1, 3 * 42, 7}, new float[3 * 42 * 7]))))
                .isTrue();
        assertThat(decoder.recognises(answer(output("o", new long[] {1, 300, 7}, new float[2100]))))
                .isFalse();
    }
}
