package io.sightline.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the pictures of a camera must be like; a camera that sends other ones is DEGRADED.
 *
 * @param minWidth pixels, 0 for any
 * @param minHeight pixels, 0 for any
 * @param minFramesPerSecond pictures per second as they arrive, 0 for any; a twentieth less is borne
 * @param codecs names of codings as FFmpeg has them, of which it must be one; {@code h265} is taken for {@code hevc};
 *     empty for any
 * @param sound whether the camera must offer sound
 */
public record CameraRequirements(
        int minWidth, int minHeight, double minFramesPerSecond, Set<String> codecs, boolean sound) {
    /** Whatever comes will do. */
    public static final CameraRequirements NONE = new CameraRequirements(0, 0, 0, Set.of(), false);

    private static final double BORNE = 0.95;

    public CameraRequirements {
        codecs = codecs.stream().map(CameraRequirements::usualName).collect(Collectors.toUnmodifiableSet());
    }

    private static String usualName(String codec) {
        String name = codec.toLowerCase(Locale.ROOT);
        return name.equals("h265") ? "hevc" : name;
    }

    /**
     * What is asked for and not delivered, each with both values.
     *
     * @param measured pictures per second as they arrive; empty while too few came, and then the announced rate counts
     */
    Optional<String> missing(CameraCapabilities offered, OptionalDouble measured) {
        if (equals(NONE)) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>();
        if (offered.width() < minWidth || offered.height() < minHeight) {
            missing.add("size: " + leastSize() + " is required, got " + offered.width() + "x" + offered.height());
        }
        if (!codecs.isEmpty() && !codecs.contains(offered.codec())) {
            missing.add("codec: " + codecs.stream().sorted().collect(Collectors.joining(" or ")) + " is required, got "
                    + offered.codec());
        }
        rate(offered.framesPerSecond(), measured).ifPresent(missing::add);
        if (sound && CameraCapabilities.NO_SOUND.equals(offered.sound().orElse(""))) {
            missing.add("audio: required, got a stream without");
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }

    private String leastSize() {
        if (minWidth > 0 && minHeight > 0) {
            return "at least " + minWidth + "x" + minHeight;
        }
        return minWidth > 0 ? "a width of at least " + minWidth : "a height of at least " + minHeight;
    }

    private Optional<String> rate(double announced, OptionalDouble measured) {
        boolean known = measured.isPresent() || announced > 0;
        double rate = measured.orElse(announced);
        if (!known || rate >= minFramesPerSecond * BORNE) {
            return Optional.empty();
        }
        String told = announced > 0 ? plain(announced) + " announced" : "none announced";
        String got = measured.isPresent() ? plain(rate) + " measured, " + told : told;
        return Optional.of("fps: at least " + plain(minFramesPerSecond) + " is required, got " + got);
    }

    private static String plain(double rate) {
        double tenths = Math.round(rate * 10) / 10.0;
        return tenths == Math.rint(tenths) ? String.valueOf((long) tenths) : String.valueOf(tenths);
    }
}
