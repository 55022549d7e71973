package io.sightline.hub.settings;

import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.InputWishes;
import io.sightline.engine.model.PictureInput;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a model's picture is prepared (live). {@code auto} is what the model or its decoder says.
 *
 * @param size {@code auto} or width and height, for example {@code 640x480}
 * @param fit {@code auto}, {@code top-left}, {@code centred} or {@code stretched}
 * @param colours {@code auto}, {@code bgr} or {@code rgb}
 * @param scale {@code auto}, {@code 0-255} or {@code 0-1}
 * @param mean one or three numbers; empty: as the model or its decoder says
 * @param std one or three numbers other than 0; empty: as the model or its decoder says
 * @param trim whether grey that the model need not see is left out
 */
public record InputSettings(
        @Setting(
                value = "Width and height of a model whose axes are open, for example `640x480`.",
                standard = InputSettings.AUTO)
        String size,

        @Setting(
                value = "`top-left` and `centred` keep the picture's shape, with grey beside it; `stretched` does not.",
                standard = InputSettings.AUTO,
                oneOf = {InputSettings.AUTO, "top-left", "centred", "stretched"})
        String fit,

        @Setting(
                value = "Order of the colours.",
                standard = InputSettings.AUTO,
                oneOf = {InputSettings.AUTO, "bgr", "rgb"})
        String colours,

        @Setting(
                value = "What black and white are, before `mean` and `std`.",
                standard = InputSettings.AUTO,
                oneOf = {InputSettings.AUTO, "0-255", "0-1"})
        String scale,

        @Setting("Subtracted from each colour: one number or three, in the order of `colours`.")
        List<Double> mean,

        @Setting("Each colour is divided by it: one number or three, in the order of `colours`.")
        List<Double> std,

        @Setting(
                value =
                        "Leaves out rows and columns that would be grey only, where the model allows it: cheaper, and the"
                                + " same but for rounding.",
                standard = "true")
        boolean trim) {
    /** Nothing is asked for. */
    public static final String AUTO = "auto";

    /** Everything as the model or its decoder says. */
    public static final InputSettings USUAL = new InputSettings(AUTO, AUTO, AUTO, AUTO, List.of(), List.of(), true);

    /**
     * The same for the engine.
     *
     * @throws IllegalArgumentException if the size or numbers make no sense
     */
    public InputWishes wishes() {
        Optional<InputSize> wished = InputSize.parse(size);
        if (wished.isEmpty() && !size.equals(AUTO)) {
            throw new IllegalArgumentException("input: size: got '" + size
                    + "', allowed are auto and width x height up to " + InputSize.MAX_SIDE + ", for example 640x480");
        }
        return new InputWishes(
                wished,
                wish(PictureInput.Fit.class, fit),
                wish(PictureInput.Colours.class, colours),
                scale.equals(AUTO)
                        ? Optional.empty()
                        : Optional.of(scale.equals("0-1") ? PictureInput.Range.UNIT : PictureInput.Range.BYTES),
                mean,
                std,
                trim);
    }

    private static <E extends Enum<E>> Optional<E> wish(Class<E> type, String word) {
        return word.equals(AUTO)
                ? Optional.empty()
                : Optional.of(Enum.valueOf(type, word.replace('-', '_').toUpperCase(Locale.ROOT)));
    }
}
