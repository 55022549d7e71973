package io.sightline.engine.model;

import static io.sightline.engine.model.Answers.answer;
import static io.sightline.engine.model.Answers.output;
import static io.sightline.engine.model.Answers.read;
import static io.sightline.engine.model.Answers.sized;
import static io.sightline.engine.model.Answers.wanted;
import static io.sightline.engine.model.Answers.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.model.Answers.Seen;
import io.sightline.engine.model.Proposals.Corners;
import org.junit.jupiter.api.Test;

class DetrDecoderTest {
    private final Decoder decoder = new DetrDecoder();

    @Test
    void shouldMakeScoresOfLogits() throws Exception {
        // Given: two queries, the second as good as empty
        var logits = output("logits", new long[] {1, 2, 2}, 0, (float) Math.log(3), -9, -8);
        var boxes = output("pred_boxes", new long[] {1, 2, 4}, 0.5f, 0.5f, 0.5f, 0.25f, 0, 0, 0, 0);

        // When
        var seen = read(decoder, answer(logits, boxes), wanted(2));

        // Then
        assertThat(seen).singleElement().satisfies(one -> {
            assertThat(one.label()).isEqualTo(1);
            assertThat(one.score()).isCloseTo(0.75f, within(1e-6f));
            assertThat(one.box()).isEqualTo(new Corners(16, 12, 48, 20));
        });
    }

    @Test
    void shouldTakeAFurtherColumnForNoObject() throws Exception {
        // Given: shares of 1/4 and 3/4 of two labels against no object
        var logits = output("logits", new long[] {1, 2, 3}, 0, -99, (float) Math.log(3), (float) Math.log(3), -99, 0);
        var boxes = output("pred_boxes", new long[] {1, 2, 4}, 0.5f, 0.5f, 1, 1, 0.5f, 0.5f, 1, 1);

        // When
        var seen = read(decoder, answer(logits, boxes), wanted(2));

        // Then
        assertThat(seen).extracting(Seen::score).last().satisfies(score -> assertThat(score)
                .isCloseTo(0.75f, within(1e-6f)));
    }

    @Test
    void shouldReadWhatTheModelHasFinished() throws Exception {
        var finished = sized(
                whole("labels", new long[] {1, 2}, 1, 0),
                output("boxes", new long[] {1, 2, 4}, 1, 2, 30, 20, 0, 0, 9, 9),
                output("scores", new long[] {1, 2}, 0.8f, 0.1f));

        assertThat(read(decoder, finished, wanted(2))).containsExactly(new Seen(0.8f, 1, new Corners(1, 2, 30, 20)));
    }

    @Test
    void shouldRefuseOtherOutputsAndNameBoth() {
        var logits = output("logits", new long[] {1, 2, 5}, new float[10]);
        var boxes = output("pred_boxes", new long[] {1, 2, 4}, new float[8]);

        assertThatThrownBy(() -> decoder.fit(answer(logits, boxes), wanted(2)))
                .hasMessageContaining("[1, 2, 5]")
                .hasMessageContaining("[1, Q, 2]");
        assertThatThrownBy(() -> decoder.fit(answer(logits), wanted(5))).hasMessageContaining("boxes [1, Q, 4]");
    }
}
