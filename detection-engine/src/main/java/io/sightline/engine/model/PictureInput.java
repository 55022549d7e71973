package io.sightline.engine.model;

import java.util.List;

/**
 * How a model wants its picture: each channel's value is {@code (pixel × range - mean) / deviation}.
 *
 * <p>Source: each family's own code, which its decoder names; the grey is that of Ultralytics YOLOv5
 * (utils/augmentations.py, 2020) and of YOLOX (yolox/data/data_augment.py, 2021).
 *
 * @param fit how the picture comes into the model's size
 * @param colours order of the channels
 * @param range what white is before mean and deviation
 * @param mean of each channel, in the order of {@code colours}; three
 * @param deviation of each channel, in the order of {@code colours}; three, none is 0
 * @param pad brightness of what the picture leaves free, 0 to 255
 */
public record PictureInput(Fit fit, Colours colours, Range range, List<Double> mean, List<Double> deviation, int pad) {
    /** Brightness that the YOLO families were trained with round the picture. */
    public static final int GREY = 114;

    private static final List<Double> NO_MEAN = List.of(0.0, 0.0, 0.0);
    private static final List<Double> NO_DEVIATION = List.of(1.0, 1.0, 1.0);

    /** How a picture of another shape comes into the model's. */
    public enum Fit {
        /** The whole picture in its shape, in the upper left corner; grey beside or below it. */
        TOP_LEFT,
        /** The whole picture in its shape, in the middle; grey on both sides. */
        CENTRED,
        /** The whole picture, out of shape; nothing left free. */
        STRETCHED
    }

    /** Order of the channels. */
    public enum Colours {
        BGR,
        RGB
    }

    /** What black and white are. */
    public enum Range {
        /** 0 to 255. */
        BYTES(1),
        /** 0 to 1. */
        UNIT(1 / 255.0);

        private final double factor;

        Range(double factor) {
            this.factor = factor;
        }
    }

    public PictureInput {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /** Without mean and deviation, with the usual grey. */
    public static PictureInput of(Fit fit, Colours colours, Range range) {
        return new PictureInput(fit, colours, range, NO_MEAN, NO_DEVIATION, GREY);
    }

    /** What a pixel of 0 to 255 is multiplied by. @param channel 0 to 2 */
    public double factor(int channel) {
        return range.factor / deviation.get(channel);
    }

    /** What is added after that. @param channel 0 to 2 */
    public double offset(int channel) {
        return -mean.get(channel) / deviation.get(channel);
    }

    /** Whether all channels have the same factor and offset. */
    public boolean alike() {
        return mean.stream().distinct().count() == 1
                && deviation.stream().distinct().count() == 1;
    }

    /** Whether pixels go in as they are. */
    public boolean plain() {
        return alike() && factor(0) == 1 && offset(0) == 0;
    }
}
