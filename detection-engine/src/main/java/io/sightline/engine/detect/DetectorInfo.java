package io.sightline.engine.detect;

import java.util.List;

/**
 * Which detector found something, so that a result can be defended later.
 *
 * @param id the detector's id in the configuration
 * @param model name of the model, for example {@code yolox_nano}
 * @param sha256 hash of the model's bytes in hex; of its parameters where it is built in
 * @param labels what it tells of: of the classes that its model knows those that are wanted; empty while nobody knows,
 *     because the model is not there yet
 * @param notes what an operator should know of how it runs, for example that there is no graphics processor; mostly none
 */
public record DetectorInfo(String id, String model, String sha256, List<String> labels, List<String> notes) {
    public DetectorInfo {
        notes = List.copyOf(notes);
    }

    /** Of a detector that runs as it was asked to. */
    public DetectorInfo(String id, String model, String sha256, List<String> labels) {
        this(id, model, sha256, labels, List.of());
    }
}
