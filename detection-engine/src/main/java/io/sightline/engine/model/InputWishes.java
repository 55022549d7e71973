package io.sightline.engine.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration says about a model's picture; what it leaves open comes from the model or its decoder.
 *
 * @param size of a model whose axes are open; of any other it must be the model's own
 * @param mean one or three numbers; empty: open
 * @param deviation one or three numbers, none of them 0; empty: open
 * @param trim whether rows and columns that would be grey only are left out where the model allows it
 */
public record InputWishes(
        Optional<InputSize> size,
        Optional<PictureInput.Fit> fit,
        Optional<PictureInput.Colours> colours,
        Optional<PictureInput.Range> range,
        List<Double> mean,
        List<Double> deviation,
        boolean trim) {
    /** Everything open, and trimmed. */
    public static final InputWishes NONE = new InputWishes(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), true);

    private static final int CHANNELS = 3;

    public InputWishes {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        var problems = new ArrayList<String>();
        check(problems, "mean", mean);
        check(problems, "std", deviation);
        if (deviation.contains(0.0)) {
            problems.add("std: got " + deviation + ", allowed are numbers other than 0");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("input: " + String.join("; ", problems));
        }
    }

    private static void check(List<String> problems, String name, List<Double> numbers) {
        boolean finite = numbers.stream().allMatch(Double::isFinite);
        if (!finite || !List.of(0, 1, CHANNELS).contains(numbers.size())) {
            problems.add(name + ": got " + numbers + ", allowed are one or three numbers");
        }
    }

    /** The same, but as large as the model says. */
    public InputWishes untrimmed() {
        return new InputWishes(size, fit, colours, range, mean, deviation, false);
    }

    /** What is asked for here, and for the rest the given. */
    public PictureInput over(PictureInput rest) {
        return new PictureInput(
                fit.orElse(rest.fit()),
                colours.orElse(rest.colours()),
                range.orElse(rest.range()),
                three(mean, rest.mean()),
                three(deviation, rest.deviation()),
                rest.pad());
    }

    private static List<Double> three(List<Double> wished, List<Double> rest) {
        if (wished.isEmpty()) {
            return rest;
        }
        return wished.size() == 1 ? Collections.nCopies(CHANNELS, wished.get(0)) : wished;
    }
}
