package io.sightline.camera;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is expected of a camera, and for how long its failing is borne.
 *
 * @param connectLimit longest time that one try to connect may take until the first picture is known; 100 ms to 10 min
 * @param silenceLimit longest gap between two pictures before the camera is connected anew, 100 ms to 10 min; empty:
 *     three times the usual time between two pictures, at least 2 s
 * @param frozenLimit how long the pictures of a live source may be all the same before that is told; 0 for ever
 * @param requirements what its pictures must be like
 */
public record CameraExpectations(
        Duration connectLimit, Optional<Duration> silenceLimit, Duration frozenLimit, CameraRequirements requirements) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_FROZEN = Duration.ofDays(1);

    /** 30 s to connect, silence measured by the camera's own rate, frozen after 60 s, nothing required. */
    public static final CameraExpectations USUAL = new CameraExpectations(
            Duration.ofSeconds(30), Optional.empty(), Duration.ofSeconds(60), CameraRequirements.NONE);

    public CameraExpectations {
        List<String> problems = new ArrayList<>();
        inRange("connectLimit", connectLimit, problems);
        silenceLimit.ifPresent(limit -> inRange("silenceLimit", limit, problems));
        if (frozenLimit.isNegative() || frozenLimit.compareTo(LONGEST_FROZEN) > 0) {
            problems.add("frozenLimit: got " + frozenLimit + ", allowed are 0 (never told) to 24 h");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void inRange(String what, Duration limit, List<String> problems) {
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            problems.add(what + ": got " + limit + ", allowed are 100 ms to 10 min");
        }
    }
}
