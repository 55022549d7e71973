package io.sightline.engine.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a model said of one picture.
 *
 * @param width of the model's input in pixels
 * @param height of the model's input in pixels
 * @param sized whether the model was told the size of the picture and so scales boxes by itself
 * @param outputs in the model's order
 */
public record ModelAnswer(int width, int height, boolean sized, List<Output> outputs) {

    /**
     * One output.
     *
     * @param shape as the model gave it, with a batch of one
     * @param values row by row, whatever the model's own type; read by index, its position stays
     * @param whole whether the model's own type is an integer
     */
    public record Output(String name, long[] shape, FloatBuffer values, boolean whole) {

        /** Length of an axis; 0 where there is none. @param axis negative: from the end */
        public int side(int axis) {
            int at = axis < 0 ? shape.length + axis : axis;
            return at < 0 || at >= shape.length ? 0 : (int) shape[at];
        }

        public int rank() {
            return shape.length;
        }

        /** Number of values. */
        int size() {
            return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        }

        public boolean named(String word) {
            return name.toLowerCase(Locale.ROOT).contains(word);
        }

        @Override
        public String toString() {
            return "'" + name + "' " + text(shape);
        }
    }

    /** The only output. */
    Output only(String needed) throws MisfitException {
        if (outputs.size() != 1) {
            throw new MisfitException(
                    "it has " + outputs.size() + " outputs " + names() + ", needed is one of " + needed);
        }
        return outputs.get(0);
    }

    /** Names and shapes of all outputs, for people. */
    public String names() {
        return outputs.stream().map(Output::toString).collect(Collectors.joining(", "));
    }

    /** For people: {@code [1, ?, 85]}; what is open is a question mark. */
    public static String text(long[] shape) {
        return Arrays.stream(shape)
                .mapToObj(side -> side < 0 ? "?" : Long.toString(side))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
