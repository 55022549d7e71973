package io.sightline.engine.evaluate;

import java.util.Optional;

/**
 * How well boxes and tracks fit the truth. Shares are 0 to 1, but for {@link Tracks#mota}, which may be negative.
 *
 * @param boxes the single boxes, whoever they belong to
 * @param tracks who was followed; empty where the truth does not tell who is who
 */
public record Score(Boxes boxes, Optional<Tracks> tracks) {

    /**
     * Boxes are paired inside each frame by falling confidence, each with the free box of the truth that it overlaps
     * most (Everingham et al., "The PASCAL Visual Object Classes (VOC) Challenge", IJCV 2010).
     *
     * @param truth boxes that had to be found
     * @param hits of them, those that were found
     * @param falseAlarms boxes where nothing is
     * @param precision share of what was told that is there; 1 where nothing was told and nothing is there
     * @param recall share of what is there that was told
     * @param f1 harmonic mean of the two
     * @param averagePrecision area below the curve of precision over recall, with every point of the curve
     * @param meanOverlap mean intersection over union of the hits
     */
    public record Boxes(
            int truth,
            int hits,
            int falseAlarms,
            double precision,
            double recall,
            double f1,
            double averagePrecision,
            double meanOverlap) {

        /** Boxes that were told. */
        public int told() {
            return hits + falseAlarms;
        }

        public int misses() {
            return truth - hits;
        }
    }

    /**
     * CLEAR MOT (Bernardin and Stiefelhagen, EURASIP Journal on Image and Video Processing 2008) and identity measures
     * (Ristani et al., 2016, arXiv 1609.01775).
     *
     * @param mota 1 less misses, false alarms and switches per box of the truth
     * @param motp mean intersection over union of the pairs
     * @param idf1 share of boxes with the right identity, by the best assignment of whole tracks
     * @param idPrecision the same per box told
     * @param idRecall the same per box of the truth
     * @param misses boxes of the truth without a pair
     * @param falseAlarms boxes told without a pair
     * @param switches how often an object's number changed
     * @param fragments how often an object was found again after it had been lost
     * @param mostlyTracked objects found in at least 80 % of their frames
     * @param mostlyLost objects found in less than 20 % of them
     * @param objects in the truth
     * @param tracks told
     */
    public record Tracks(
            double mota,
            double motp,
            double idf1,
            double idPrecision,
            double idRecall,
            int misses,
            int falseAlarms,
            int switches,
            int fragments,
            int mostlyTracked,
            int mostlyLost,
            int objects,
            int tracks) {}
}
