package io.sightline.engine.model;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * One family of models: how its picture is prepared and how its outputs are read. Has no state: any number of threads may
 * use it at once.
 *
 * <p>A family is one public class with a constructor that takes nothing, marked with {@code @AutoService(Decoder.class)}:
 * {@link Decoders} and the configuration know it by that alone, also where it comes from another jar.
 */
public interface Decoder {

    /** As the configuration names it. */
    String name();

    /** Other names for it: families that write their outputs the same way. */
    default List<String> aliases() {
        return List.of();
    }

    /** How the family's usual exports want their picture. */
    PictureInput input();

    /** Labels of a model that names none itself: {@code coco}, {@code coco-91} or {@code voc}. */
    default String labels() {
        return "coco";
    }

    /** Whether the outputs have their shape from the size of the input alone, so that one buffer serves all pictures. */
    default boolean steady() {
        return true;
    }

    /** Whether nothing in the family's outputs depends on the size that a model was exported for. */
    default boolean scalable() {
        return false;
    }

    /**
     * Makes a reader for a model.
     *
     * @param sample what the model said of some picture; every later answer has the same size of input
     * @param wanted which labels are wanted
     * @throws MisfitException if the outputs are not of this family, or for another number of labels; names the shapes
     */
    Reader fit(ModelAnswer sample, Wanted wanted) throws MisfitException;

    /**
     * Whether a model is surely of this family: told by shapes, and by values where families share a shape.
     *
     * @param sample fits, as {@link #fit} has found
     */
    boolean recognises(ModelAnswer sample);

    /** Reads the answers of one model at one size. Used by one thread at a time. */
    interface Reader {
        /** Proposals that overlap by more than this (intersection over union) are one object; above 1: none are. */
        double maxOverlap();

        /** @param into receives the proposals, boxes in pixels of the model's input */
        void read(ModelAnswer answer, Proposals into);
    }

    /**
     * @param labels for each number of a class whether it is told
     * @param minScore the lowest score that is told, 0 to 1
     * @param nameless hears of numbers beyond the labels that a model told all the same
     */
    record Wanted(boolean[] labels, float minScore, IntConsumer nameless) {
        /** Where the outputs' shape tells how many classes there are. */
        public Wanted(boolean[] labels, float minScore) {
            this(labels, minScore, number -> {});
        }

        public int count() {
            return labels.length;
        }

        public boolean tells(int label, float score) {
            boolean sure = score >= minScore && label >= 0;
            if (sure && label >= labels.length) {
                nameless.accept(label);
                return false;
            }
            return sure && labels[label];
        }
    }
}
