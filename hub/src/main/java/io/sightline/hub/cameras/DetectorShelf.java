package io.sightline.hub.cameras;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.hub.settings.DetectorSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open detectors, by id; shared by cameras. One thread changes it. */
final class DetectorShelf implements AutoCloseable {
    private final Map<String, Detector> open = new ConcurrentHashMap<>();

    /**
     * Opens a detector without putting it to use.
     *
     * @throws DetectionException if its model cannot be used; nothing has changed then
     */
    Detector open(DetectorSettings settings) throws DetectionException {
        return Detectors.open(spec(settings));
    }

    /** Puts a detector to use under its id. @return the one that it replaces, to be closed when no camera uses it */
    Optional<Detector> put(Detector detector) {
        return Optional.ofNullable(open.put(detector.info().id(), detector));
    }

    Detector get(String id) {
        Detector detector = open.get(id);
        if (detector == null) {
            throw new IllegalStateException("detector '" + id + "' is not open");
        }
        return detector;
    }

    void remove(String id) {
        Detector detector = open.remove(id);
        if (detector != null) {
            detector.close();
        }
    }

    @Override
    public void close() {
        open.keySet().forEach(this::remove);
    }

    private static DetectorSpec spec(DetectorSettings settings) {
        if (settings.type().equals("hog")) {
            return new DetectorSpec.Hog(settings.id(), settings.smallestPerson(), settings.minConfidence());
        }
        return new DetectorSpec.Onnx(
                settings.id(),
                settings.model().orElseThrow(),
                settings.decoder(),
                settings.labels(),
                settings.classes(),
                settings.minConfidence());
    }
}
