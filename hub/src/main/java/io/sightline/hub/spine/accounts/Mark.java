package io.sightline.hub.spine.accounts;

/** How far a source has come. */
record Mark(long start, long number) implements Comparable<Mark> {
    @Override
    public int compareTo(Mark other) {
        int byStart = Long.compare(start, other.start);
        return byStart != 0 ? byStart : Long.compare(number, other.number);
    }

    static Mark later(Mark a, Mark b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
