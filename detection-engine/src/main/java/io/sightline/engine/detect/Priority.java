package io.sightline.engine.detect;

/**
 * How large a share of the inference workers a camera gets where there are too few for all. Every priority gets some;
 * where workers are free, all are the same.
 */
public enum Priority {
    LOW(1),
    NORMAL(4),
    HIGH(16);

    private final int weight;

    Priority(int weight) {
        this.weight = weight;
    }

    /** Shares of two cameras that always wait are to each other as their weights. */
    public int weight() {
        return weight;
    }

    public static Priority higher(Priority one, Priority other) {
        return one.weight >= other.weight ? one : other;
    }
}
