package io.sightline.engine.motion;

/**
 * How much of a new picture goes into the background, per cell and frame, 0 to 1. Everything is told in seconds, so
 * that it does not depend on the frame rate.
 *
 * <p>Source: two rates, one for what moves and one for the rest, from Koller et al., "Towards Robust Automatic Traffic
 * Scene Analysis in Real-Time", ICPR 1994. Which times there are is our own.
 */
final class LearningRates {
    /** What is as usual. */
    private static final double CALM = 10;

    /** Not as usual, but at rest: a parked car, or the place that one has left. */
    private static final double RESTING = 4;

    /** While objects are followed, what changed is likely one of them. */
    private static final double FOLLOWED = 120;

    /** Moves, but no detector finds anything to follow: leaves, a flag, water. */
    private static final double RESTLESS = 20;

    private static final double NOISE = 10;
    private static final double NOISE_OF_SPECKS = 5;
    private static final double NOISE_OF_RESTLESS = 30;

    /** After the start everything is learned faster. */
    private static final double SETTLING = 1;

    /** How much of the new picture goes into the average. */
    final float[] picture;

    /** How much of the new difference goes into the noise. */
    final float[] noise;

    LearningRates(int cells) {
        this.picture = new float[cells];
        this.noise = new float[cells];
    }

    /** Share that a running average takes in, so that it has learned about two thirds of a change after some time. */
    static float share(double seconds, double learnedAfter) {
        return (float) (1 - Math.exp(-seconds / learnedAfter));
    }

    /**
     * What is known of the moment.
     *
     * @param seconds since the frame before
     * @param followed whether anything is being followed
     * @param settling whether the background is new
     */
    record Moment(double seconds, boolean followed, boolean settling) {
        float share(double learnedAfter) {
            return LearningRates.share(seconds, learnedAfter);
        }
    }

    /** @param inRegion cells that belong to something that moves */
    void set(Cells cells, boolean[] inRegion, Moment moment) {
        float calm = moment.share(moment.settling() ? SETTLING : CALM);
        float resting = moment.share(resting(moment));
        float region = moment.share(moment.followed() ? FOLLOWED : RESTLESS);
        float noiseCalm = moment.share(moment.settling() ? 2 * SETTLING : NOISE);
        float noiseSpecks = moment.share(NOISE_OF_SPECKS);
        float noiseRegion = moment.followed() ? 0 : moment.share(NOISE_OF_RESTLESS);
        for (int cell = 0; cell < picture.length; cell++) {
            boolean changed = cells.changed[cell] > 0;
            boolean moving = cells.moving[cell] > 0;
            picture[cell] = inRegion[cell] ? region : changed && !moving ? resting : calm;
            noise[cell] = inRegion[cell] ? noiseRegion : !changed ? noiseCalm : moving ? noiseSpecks : 0;
        }
    }

    private static double resting(Moment moment) {
        return moment.followed() ? FOLLOWED : moment.settling() ? SETTLING : RESTING;
    }
}
