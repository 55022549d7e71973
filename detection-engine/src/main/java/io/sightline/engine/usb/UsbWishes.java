package io.sightline.engine.usb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a USB camera shall give its pictures.
 *
 * @param format one of {@link #FORMATS}; empty: what the driver likes best
 * @param width pixels, 0 for what the driver likes best
 * @param height pixels, 0 as the width
 * @param framesPerSecond 0 for what the driver likes best
 * @param controls values by name, set in this order
 */
public record UsbWishes(
        Optional<String> format, int width, int height, double framesPerSecond, Map<String, Integer> controls) {
    /** Names of formats that can be asked for. */
    public static final List<String> FORMATS = List.of("mjpeg", "yuyv", "h264");

    /** Nothing is asked for. */
    public static final UsbWishes NONE = new UsbWishes(Optional.empty(), 0, 0, 0, Map.of());

    private static final String CONTROL = "control.";
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,63}");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final Pattern RATE = Pattern.compile("\\d{1,3}(\\.\\d{1,3})?");
    private static final double FASTEST = 240;

    public UsbWishes {
        controls = Collections.unmodifiableMap(new LinkedHashMap<>(controls));
        format.filter(name -> !FORMATS.contains(name)).ifPresent(name -> {
            throw wrong("format", name, "are " + String.join(", ", FORMATS));
        });
        if (!(framesPerSecond >= 0 && framesPerSecond <= FASTEST)) {
            throw wrong("fps", String.valueOf(framesPerSecond), "is a number above 0 up to 240");
        }
        controls.keySet().stream()
                .filter(name -> !NAME.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw wrong("controls", name, "are names like brightness, as 'v4l2-ctl --list-ctrls' has them");
                });
    }

    /** @param size {@code 1280x720}; empty for any */
    public static UsbWishes of(
            Optional<String> format, Optional<String> size, double framesPerSecond, Map<String, Integer> controls) {
        if (size.isEmpty()) {
            return new UsbWishes(format, 0, 0, framesPerSecond, controls);
        }
        Matcher pixels = SIZE.matcher(size.get());
        if (!pixels.matches()) {
            throw wrong("size", size.get(), "is width x height, for example 1280x720");
        }
        return new UsbWishes(
                format,
                Integer.parseInt(pixels.group(1)),
                Integer.parseInt(pixels.group(2)),
                framesPerSecond,
                controls);
    }

    /** Reads what {@link #query()} wrote. @throws IllegalArgumentException with what was got and what is allowed */
    static UsbWishes parse(String query) {
        Optional<String> format = Optional.empty();
        Optional<String> size = Optional.empty();
        double rate = 0;
        var controls = new LinkedHashMap<String, Integer>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] pair = part.split("=", 2);
            String value = pair.length == 2 ? pair[1] : "";
            switch (pair[0]) {
                case "format" -> format = Optional.of(value);
                case "size" -> size = Optional.of(value);
                case "fps" -> rate = rate(value);
                default -> control(pair[0], value, controls);
            }
        }
        return of(format, size, rate, controls);
    }

    private static double rate(String value) {
        if (!RATE.matcher(value).matches() || Double.parseDouble(value) <= 0) {
            throw wrong("fps", value, "is a number above 0 up to 240");
        }
        return Double.parseDouble(value);
    }

    private static void control(String key, String value, Map<String, Integer> controls) {
        if (!key.startsWith(CONTROL)) {
            throw wrong("option", key, "are format, size, fps and control.NAME");
        }
        if (!WHOLE.matcher(value).matches()) {
            throw wrong(key, value, "is a whole number");
        }
        controls.put(key.substring(CONTROL.length()), Integer.valueOf(value));
    }

    private static IllegalArgumentException wrong(String key, String got, String allowed) {
        return new IllegalArgumentException(key + ": got '" + got + "', allowed " + allowed);
    }

    /** The wishes as options of an address; empty where there are none. */
    public String query() {
        String rate = String.valueOf(framesPerSecond);
        return Stream.of(
                        format.map(name -> "format=" + name).stream(),
                        Stream.of("size=" + width + "x" + height).filter(any -> width > 0),
                        Stream.of("fps=" + rate.replaceFirst("\\.0$", "")).filter(any -> framesPerSecond > 0),
                        controls.entrySet().stream().map(one -> CONTROL + one.getKey() + "=" + one.getValue()))
                .flatMap(parts -> parts)
                .collect(Collectors.joining("&"));
    }

    /** What FFmpeg's video4linux2 device takes. */
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        format.ifPresent(name -> options.put("input_format", name.equals("yuyv") ? "yuyv422" : name));
        if (width > 0) {
            options.put("video_size", width + "x" + height);
        }
        if (framesPerSecond > 0) {
            options.put("framerate", String.valueOf(framesPerSecond));
        }
        return options;
    }
}
