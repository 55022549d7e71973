package io.sightline.engine.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Size of the picture that a model takes, in pixels.
 *
 * @param width 2 to 8192
 * @param height 2 to 8192
 */
public record InputSize(int width, int height) {
    /** Longest side allowed. */
    public static final int MAX_SIDE = 8192;

    private static final int MIN_SIDE = 2;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    public InputSize {
        if (width < MIN_SIDE || height < MIN_SIDE || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException("input size: got " + width + "x" + height + ", allowed are sides of "
                    + MIN_SIDE + " to " + MAX_SIDE + " pixels");
        }
    }

    /** @param text width and height, for example {@code 640x480}; empty if it is something else */
    public static Optional<InputSize> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InputSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
