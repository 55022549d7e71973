package io.sightline.hub.crashes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A camera during whose decoding the hub's process died, as the ledger keeps it.
 *
 * @param settings mark of the settings that it had; null until it is asked for the first time after the crash
 * @param crashes oldest first, at least one
 * @param released somebody wants it to be tried again since the last crash
 */
record Suspect(String camera, @Nullable String settings, List<Crash> crashes, boolean released) {
    /** So many crashes within {@link #WINDOW} keep a camera off. */
    static final int TOO_MANY = 2;

    static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration MEMORY = Duration.ofHours(24);
    private static final int MOST_KEPT = 20;

    /** @param report name of the file in the folder of reports; empty where the process died without one */
    record Crash(Instant at, String what, String report) {}

    static Suspect of(String camera, Crash crash) {
        return new Suspect(camera, null, List.of(crash), false);
    }

    Suspect with(Crash crash) {
        List<Crash> all = Stream.concat(crashes.stream(), Stream.of(crash)).toList();
        return new Suspect(camera, settings, all.subList(Math.max(0, all.size() - MOST_KEPT), all.size()), false);
    }

    Suspect withSettings(String mark) {
        return new Suspect(camera, mark, crashes, released);
    }

    Suspect release() {
        return new Suspect(camera, settings, crashes, true);
    }

    Crash last() {
        return crashes.get(crashes.size() - 1);
    }

    /** Whether the same report was counted before. */
    boolean has(Crash crash) {
        return crashes.stream().anyMatch(one -> one.at().equals(crash.at()));
    }

    /** It crashed too often to be tried again by itself. */
    boolean off() {
        Instant from = last().at().minus(WINDOW);
        return !released
                && crashes.stream().filter(crash -> crash.at().isAfter(from)).count() >= TOO_MANY;
    }

    /** When it may be tried: one minute after the first crash, twice as long after each further one, at most an hour. */
    Instant until() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(crashes.size() - 1, 10));
        return last().at().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    /** What is still of interest: nothing a day after the last crash, unless the camera is off. */
    Optional<Suspect> remembered(Instant now) {
        return off() || last().at().isAfter(now.minus(MEMORY)) ? Optional.of(this) : Optional.empty();
    }
}
