package io.sightline.engine.model;

import static io.sightline.engine.model.Answers.answer;
import static io.sightline.engine.model.Answers.output;
import static io.sightline.engine.model.Answers.read;
import static io.sightline.engine.model.Answers.sized;
import static io.sightline.engine.model.Answers.wanted;
import static io.sightline.engine.model.Answers.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.model.Answers.Seen;
import io.sightline.engine.model.Proposals.Corners;
import org.junit.jupiter.api.Test;

class SsdDecoderTest {
    private final Decoder decoder = new SsdDecoder();

    @Test
    void shouldReadTensorFlowsFourOutputs() throws Exception {
        // Given: top first, in fractions; what is behind the count does not hold
        var tensorflow = answer(
                output("detection_boxes", new long[] {1, 3, 4}, 0.25f, 0.125f, 0.75f, 0.5f, 0, 0, 1, 1, 0, 0, 1, 1),
                output("detection_classes", new long[] {1, 3}, 1, 2, 1),
                output("detection_multiclass_scores", new long[] {1, 3, 3}, new float[9]),
                output("detection_scores", new long[] {1, 3}, 0.9f, 0.1f, 0.9f),
                output("num_detections", new long[] {1}, 2),
                output("raw_detection_boxes", new long[] {1, 9, 4}, new float[36]),
                output("raw_detection_scores", new long[] {1, 9, 3}, new float[27]));

        // When
        var seen = read(decoder, tensorflow, wanted(3, 0));

        // Then
        assertThat(seen).containsExactly(new Seen(0.9f, 1, new Corners(8, 8, 32, 24)));
    }

    @Test
    void shouldReadPixelsOfTorchvision() throws Exception {
        var torchvision = answer(
                output("boxes", new long[] {2, 4}, 1, 2, 30, 20, 0, 0, 1, 1),
                output("scores", new long[] {2}, 0.8f, 0.2f),
                whole("labels", new long[] {2}, 2, 1));
        var nothing = answer(
                output("boxes", new long[] {0, 4}), output("scores", new long[] {0}), whole("labels", new long[] {0}));

        assertThat(read(decoder, torchvision, wanted(3, 0)))
                .containsExactly(new Seen(0.8f, 2, new Corners(1, 2, 30, 20)));
        assertThat(read(decoder, nothing, wanted(3, 0))).isEmpty();
    }

    @Test
    void shouldReadFractionsOfTheModelZoo() throws Exception {
        var zoo = answer(
                output("bboxes", new long[] {1, 1, 4}, 0.5f, 0.25f, 1, 0.5f),
                whole("labels", new long[] {1, 1}, 1),
                output("scores", new long[] {1, 1}, 0.7f));

        assertThat(read(decoder, zoo, wanted(2, 0))).containsExactly(new Seen(0.7f, 1, new Corners(32, 8, 64, 16)));
    }

    @Test
    void shouldReadAScoreForEveryClass() throws Exception {
        // Given: the background wins in the first row, and somebody may be there still
        var raw = answer(
                output("scores", new long[] {1, 2, 3}, 0.6f, 0.1f, 0.3f, 0.9f, 0.05f, 0.05f),
                output("boxes", new long[] {1, 2, 4}, 0, 0, 0.5f, 1, 0, 0, 1, 1));

        // When
        var seen = read(decoder, raw, wanted(3, 0));

        // Then
        assertThat(seen).containsExactly(new Seen(0.3f, 2, new Corners(0, 0, 32, 32)));
    }

    @Test
    void shouldReadRowsOfSeven() throws Exception {
        var caffe = answer(output("detection_out", new long[] {1, 1, 1, 7}, 0, 1, 0.5f, 0.25f, 0.5f, 0.75f, 1));

        assertThat(read(decoder, caffe, wanted(2, 0))).containsExactly(new Seen(0.5f, 1, new Corners(16, 16, 48, 32)));
    }

    @Test
    void shouldRefuseOtherOutputsAndNameThem() {
        var wrong = answer(
                output("boxes", new long[] {1, 5, 4}, new float[20]),
                output("scores", new long[] {1, 5, 9}, new float[45]));

        assertThatThrownBy(() -> decoder.fit(wrong, wanted(3)))
                .hasMessageContaining("[1, 5, 9]")
                .hasMessageContaining("[1, N, 3]");
        assertThatThrownBy(() -> decoder.fit(answer(output("o", new long[] {1, 5}, new float[5])), wanted(3)))
                .hasMessageContaining("[1, 1, N, 7]");
    }

    @Test
    void shouldLeaveTransformersToTheirDecoder() {
        var logits = output("logits", new long[] {1, 1, 2}, 0, 0);
        var boxes = output("pred_boxes", new long[] {1, 1, 4}, 0, 0, 0, 0);

        assertThat(decoder.recognises(answer(logits, boxes))).isFalse();
        assertThat(decoder.recognises(sized(boxes))).isFalse();
        assertThat(decoder.recognises(answer(output("boxes", new long[] {1, 1, 4}, 0, 0, 0, 0))))
                .isTrue();
    }
}
