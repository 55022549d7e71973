package io.sightline.engine.motion;

/** What disturbs a drawn scene. */
public enum Weather {
    /** Sensor noise, standard deviation 5 of 255 levels. */
    NOISE,
    /** Noise, and a light that drifts between 75 and 125 % within a minute. */
    DRIFT,
    /** Noise, and a lamp that is switched every half minute or so. */
    LAMP,
    /** Noise, and a camera that goes to infrared and back: another contrast, a dark border, noise of 10 levels. */
    INFRARED,
    /** Noise and rain: some 120 streaks a frame. */
    RAIN,
    /** Noise, and gusts that shake the camera by up to 7 pixels. */
    SHAKE
}
