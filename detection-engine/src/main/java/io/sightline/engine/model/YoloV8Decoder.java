package io.sightline.engine.model;

import com.google.auto.service.AutoService;
import io.sightline.engine.model.ModelAnswer.Output;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * YOLOv8, YOLOv9, YOLO11, YOLO12: no object score, columns instead of rows.
 *
 * <p>Source: Jocher et al., "Ultralytics YOLO", 2023, github.com/ultralytics/ultralytics, engine/exporter.py; Wang et
 * al., "YOLOv9: Learning What You Want to Learn Using Programmable Gradient Information", 2024, arXiv 2402.13616. One
 * output [1, 4 + classes, N]: for each of N places the box's centre and size in pixels of the input, then how certain
 * each class is.
 */
@AutoService(Decoder.class)
public final class YoloV8Decoder implements Decoder {
    private static final int BOX = 4;
    private static final double MAX_OVERLAP = 0.7;

    @Override
    public String name() {
        return "yolov8";
    }

    @Override
    public List<String> aliases() {
        return List.of("yolov9", "yolov11");
    }

    @Override
    public PictureInput input() {
        return PictureInput.of(PictureInput.Fit.CENTRED, PictureInput.Colours.RGB, PictureInput.Range.UNIT);
    }

    @Override
    public Reader fit(ModelAnswer sample, Wanted wanted) throws MisfitException {
        String needed = ModelAnswer.text(new long[] {1, BOX + wanted.count(), -1});
        Output output = sample.only(needed);
        if (output.rank() != 3 || output.side(0) != 1 || output.side(1) != BOX + wanted.count()) {
            throw new MisfitException("output " + output + ", needed is " + needed);
        }
        return new Columns(wanted, output.side(2));
    }

    @Override
    public boolean recognises(ModelAnswer sample) {
        return sample.outputs().get(0).side(2) == YoloGrid.cells(sample.width(), sample.height());
    }

    /** Goes through the classes one after the other, as they lie in memory. */
    private static final class Columns implements Reader {
        private final Wanted wanted;
        private final int places;
        private final float[] scores;
        private final float[] best;
        private final int[] label;

        Columns(Wanted wanted, int places) {
            this.wanted = wanted;
            this.places = places;
            this.scores = new float[places];
            this.best = new float[places];
            this.label = new int[places];
        }

        @Override
        public double maxOverlap() {
            return MAX_OVERLAP;
        }

        @Override
        public void read(ModelAnswer answer, Proposals into) {
            FloatBuffer output = answer.outputs().get(0).values();
            output.get(BOX * places, best);
            Arrays.fill(label, 0);
            for (int i = 1; i < wanted.count(); i++) {
                output.get((BOX + i) * places, scores);
                takeBetter(i);
            }
            for (int place = 0; place < places; place++) {
                if (wanted.tells(label[place], best[place])) {
                    into.add(best[place], label[place], box(output, place));
                }
            }
        }

        private void takeBetter(int number) {
            for (int place = 0; place < places; place++) {
                if (scores[place] > best[place]) {
                    best[place] = scores[place];
                    label[place] = number;
                }
            }
        }

        private Proposals.Corners box(FloatBuffer output, int place) {
            return Proposals.Corners.centred(
                    output.get(place),
                    output.get(places + place),
                    output.get(2 * places + place),
                    output.get(3 * places + place));
        }
    }
}
