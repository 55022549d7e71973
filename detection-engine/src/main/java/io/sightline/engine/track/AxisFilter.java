package io.sightline.engine.track;

/**
 * A Kalman filter for one coordinate that moves with nearly constant velocity; pixels and seconds.
 *
 * <p>Sources: Kalman, "A New Approach to Linear Filtering and Prediction Problems", Journal of Basic Engineering 1960;
 * its use for boxes from Bewley et al., "Simple Online and Realtime Tracking" (SORT), ICIP 2016, its noise from Zhang
 * et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022; noise for steps of any
 * length from Bar-Shalom, Li and Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001, section
 * 6.2.2.
 *
 * <p>The filter of SORT and ByteTrack has no terms between its four coordinates, so four of these are the same and need
 * no matrices. Noise is given per second, so that steps may be of any length.
 */
final class AxisFilter {
    /** Spread of a first velocity, in object heights per second: a runner's. */
    private static final double FIRST_SPEED = 2;

    /** How much the velocity wanders, in heights per second within a second; ByteTrack's 1/160 a frame at 30 frames/s. */
    private static final double WANDERING_SPEED = 1.0;

    /** How much the place wanders besides, in heights within a second; ByteTrack's 1/20 a frame at 30 frames/s. */
    private static final double WANDERING_PLACE = 0.27;

    /** Spread of a measurement, in object heights; ByteTrack's. */
    private static final double MEASUREMENT = 1.0 / 20;

    private double place;
    private double velocity;
    private double placeVariance;
    private double covariance;
    private double velocityVariance;

    /** @param scale the object's height in pixels, which all noise is relative to */
    AxisFilter(double place, double scale) {
        this.place = place;
        this.placeVariance = squared(2 * MEASUREMENT * scale);
        this.velocityVariance = squared(FIRST_SPEED * scale);
    }

    double place() {
        return place;
    }

    double velocity() {
        return velocity;
    }

    double placeVariance() {
        return placeVariance;
    }

    /** Moves on by some seconds. */
    void predict(double seconds, double scale) {
        double speedNoise = squared(WANDERING_SPEED * scale) * seconds;
        double placeNoise = squared(WANDERING_PLACE * scale) * seconds;
        place += velocity * seconds;
        placeVariance += 2 * seconds * covariance
                + squared(seconds) * velocityVariance
                + speedNoise * squared(seconds) / 3
                + placeNoise;
        covariance += seconds * velocityVariance + speedNoise * seconds / 2;
        velocityVariance += speedNoise;
    }

    /** Takes in where it was seen. */
    void correct(double seen, double scale) {
        double spread = placeVariance + squared(MEASUREMENT * scale);
        double placeGain = placeVariance / spread;
        double velocityGain = covariance / spread;
        double error = seen - place;
        place += placeGain * error;
        velocity += velocityGain * error;
        velocityVariance -= velocityGain * covariance;
        covariance *= 1 - placeGain;
        placeVariance *= 1 - placeGain;
    }

    private static double squared(double value) {
        return value * value;
    }
}
