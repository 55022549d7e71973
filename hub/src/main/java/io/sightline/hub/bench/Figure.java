package io.sightline.hub.bench;

import java.util.OptionalDouble;

/**
 * One row of the table.
 *
 * @param id as the design names it, for example {@code P1}
 * @param name what is measured, with its unit
 * @param ours what it costs here
 * @param reference what the raw limit or the other program costs
 * @param ratio the figure that the verdict is about, where it is a ratio
 * @param spread by how much the reference differs from itself, as a share; the middle half of all rounds
 * @param verdict whether that is enough
 * @param note how it was measured, or why not
 */
public record Figure(
        String id,
        String name,
        OptionalDouble ours,
        OptionalDouble reference,
        OptionalDouble ratio,
        OptionalDouble spread,
        Verdict verdict,
        String note) {
    private static final OptionalDouble NONE = OptionalDouble.empty();

    /** A figure without a reference. */
    static Figure alone(String id, String name, double ours, Verdict verdict) {
        return new Figure(id, name, OptionalDouble.of(ours), NONE, NONE, NONE, verdict, "");
    }

    static Figure skipped(String id, String name, String why) {
        return new Figure(id, name, NONE, NONE, NONE, NONE, Verdict.SKIPPED, why);
    }

    Figure with(String newNote) {
        return new Figure(id, name, ours, reference, ratio, spread, verdict, newNote);
    }
}
