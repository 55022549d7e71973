package io.sightline.hub.bench;

import java.util.Locale;

/** What a figure says about its limit. */
public enum Verdict {
    /** Better than what is aimed at. */
    AIM_REACHED,
    /** Within the limit. */
    PASSED,
    /** Outside the limit. */
    MISSED,
    /** The reference moves more than the figure is away from its limit: measure on a quieter machine. */
    INCONCLUSIVE,
    /** There is no limit. */
    MEASURED,
    /** Something is missing. */
    SKIPPED;

    /** As people read it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
