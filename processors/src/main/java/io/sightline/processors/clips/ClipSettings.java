package io.sightline.processors.clips;

import java.time.Duration;

/**
 * What is kept of a camera's own video.
 *
 * @param enabled whether detections write clips
 * @param before how much a clip shows of what was before, up to one group of pictures more
 * @param after how much of what was afterwards
 * @param longest of one clip; longer than {@code before} and {@code after} together
 * @param memory bytes of packets kept, outside the heap
 */
public record ClipSettings(boolean enabled, Duration before, Duration after, Duration longest, long memory) {
    public ClipSettings {
        if (longest.compareTo(before.plus(after)) <= 0) {
            throw new IllegalArgumentException(
                    "longest: got " + longest.toSeconds() + " s, allowed is more than before (" + before.toSeconds()
                            + " s) and after (" + after.toSeconds() + " s) together");
        }
    }
}
