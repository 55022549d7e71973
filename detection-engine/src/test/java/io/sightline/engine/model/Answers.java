package io.sightline.engine.model;

import io.sightline.engine.model.ModelAnswer.Output;
import io.sightline.engine.model.Proposals.Corners;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers of models for tests, and what is read from them. */
final class Answers {
    private Answers() {}

    /** One proposal. */
    record Seen(float score, int label, Corners box) {}

    static Output output(String name, long[] shape, float... values) {
        return new Output(name, shape, FloatBuffer.wrap(values), false);
    }

    static Output whole(String name, long[] shape, float... values) {
        return new Output(name, shape, FloatBuffer.wrap(values), true);
    }

    /** Of a model that takes 64 x 32 pixels. */
    static ModelAnswer answer(Output... outputs) {
        return new ModelAnswer(64, 32, false, List.of(outputs));
    }

    static ModelAnswer sized(Output... outputs) {
        return new ModelAnswer(64, 32, true, List.of(outputs));
    }

    /** All labels told but those left out. */
    static Decoder.Wanted wanted(int count, int... without) {
        var labels = new boolean[count];
        Arrays.fill(labels, true);
        for (int label : without) {
            labels[label] = false;
        }
        return new Decoder.Wanted(labels, 0.25f);
    }

    static List<Seen> read(Decoder decoder, ModelAnswer answer, Decoder.Wanted wanted) throws MisfitException {
        var seen = new ArrayList<Seen>();
        decoder.fit(answer, wanted).read(answer, (score, label, box) -> seen.add(new Seen(score, label, box)));
        return seen;
    }
}
