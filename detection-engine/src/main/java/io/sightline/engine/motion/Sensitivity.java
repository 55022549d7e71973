package io.sightline.engine.motion;

/** How little has to move. */
public enum Sensitivity {
    /** For scenes with weather, leaves or insects, and large objects. */
    LOW(16, 24),
    /** For most scenes. */
    MEDIUM(10, 10),
    /** For far or faint objects; looks more often for nothing. */
    HIGH(6, 5);

    private final float levels;
    private final int pixels;

    Sensitivity(float levels, int pixels) {
        this.levels = levels;
        this.pixels = pixels;
    }

    /** Smallest difference in brightness that counts, of 255 levels; more where the picture is noisy. */
    float levels() {
        return levels;
    }

    /** Smallest moving area, in pixels of the small picture. */
    int pixels() {
        return pixels;
    }
}
