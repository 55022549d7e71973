package io.sightline.hub.bench;

import java.util.List;

/**
 * The line that fits readings best, by least squares.
 *
 * @param slope growth per unit
 * @param error standard error of the slope; 0 for fewer than three readings
 */
record FittedLine(double slope, double error) {

    /** @param xs as many as ys, and not all the same */
    static FittedLine through(List<Double> xs, List<Double> ys) {
        int count = xs.size();
        double meanX = xs.stream().mapToDouble(x -> x).average().orElse(0);
        double meanY = ys.stream().mapToDouble(y -> y).average().orElse(0);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < count; i++) {
            squares += (xs.get(i) - meanX) * (xs.get(i) - meanX);
            products += (xs.get(i) - meanX) * (ys.get(i) - meanY);
        }
        if (squares == 0) {
            return new FittedLine(0, 0);
        }
        double slope = products / squares;
        double rest = 0;
        for (int i = 0; i < count; i++) {
            double off = ys.get(i) - meanY - slope * (xs.get(i) - meanX);
            rest += off * off;
        }
        return new FittedLine(slope, count < 3 ? 0 : Math.sqrt(rest / (count - 2) / squares));
    }
}
