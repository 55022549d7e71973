package io.sightline.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The families of models that can be read. */
public final class Decoders {
    /** Name that stands for the one family that recognises the model. */
    public static final String AUTO = "auto";

    private static final List<Decoder> ALL = List.of(
            new YoloxDecoder(),
            new YoloV5Decoder(),
            new YoloV8Decoder(),
            new YoloV10Decoder(),
            new SsdDecoder(),
            new DetrDecoder());

    /** Families that write their outputs as another one does. */
    private static final Map<String, String> ALIASES =
            Map.of("yolov7", "yolov5", "yolov9", "yolov8", "yolov11", "yolov8", "rt-detr", "detr", "d-fine", "detr");

    private Decoders() {}

    public static List<Decoder> all() {
        return ALL;
    }

    /** Every name that {@link #find} knows, and {@code auto} first. */
    public static List<String> names() {
        return Stream.of(
                        Stream.of(AUTO),
                        ALL.stream().map(Decoder::name),
                        ALIASES.keySet().stream().sorted())
                .flatMap(names -> names)
                .toList();
    }

    /** @return empty for {@code auto} and for names that are not known */
    public static Optional<Decoder> find(String name) {
        String family = ALIASES.getOrDefault(name, name);
        return ALL.stream().filter(decoder -> decoder.name().equals(family)).findFirst();
    }
}
