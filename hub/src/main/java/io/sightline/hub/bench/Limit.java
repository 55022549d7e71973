package io.sightline.hub.bench;

/**
 * What a figure has to reach.
 *
 * @param least what is good enough
 * @param aim what is wanted
 */
record Limit(double least, double aim) {

    /** Larger is better where the aim is the larger one. */
    private boolean reached(double value, double bound) {
        return aim > least ? value >= bound : value <= bound;
    }

    /** @param spread by how much the reference differs from itself, as a share */
    Verdict verdict(double value, double spread) {
        double margin = Math.abs(value / least - 1);
        if (spread > margin) {
            return Verdict.INCONCLUSIVE;
        }
        if (reached(value, aim)) {
            return Verdict.AIM_REACHED;
        }
        return reached(value, least) ? Verdict.PASSED : Verdict.MISSED;
    }
}
