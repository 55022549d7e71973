package io.sightline.engine.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The families of models that can be read: every {@link Decoder} that is registered as a service. */
public final class Decoders {
    /** Name that stands for the one family that recognises the model. */
    public static final String AUTO = "auto";

    private static final List<Decoder> ALL = ServiceLoader.load(Decoder.class, Decoder.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Decoder::name))
            .toList();

    private Decoders() {}

    /** In the order of their names. */
    public static List<Decoder> all() {
        return ALL;
    }

    /** Every name that {@link #find} knows, and {@code auto} first. */
    public static List<String> names() {
        return Stream.of(
                        Stream.of(AUTO),
                        ALL.stream().map(Decoder::name),
                        ALL.stream()
                                .flatMap(decoder -> decoder.aliases().stream())
                                .sorted())
                .flatMap(names -> names)
                .toList();
    }

    /** @return empty for {@code auto} and for names that are not known */
    public static Optional<Decoder> find(String name) {
        return ALL.stream()
                .filter(decoder ->
                        decoder.name().equals(name) || decoder.aliases().contains(name))
                .findFirst();
    }
}
