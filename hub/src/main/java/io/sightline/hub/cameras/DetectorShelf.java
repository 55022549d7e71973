package io.sightline.hub.cameras;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.fetch.ModelSource;
import io.sightline.engine.fetch.ModelStore;
import io.sightline.hub.settings.DetectorSettings;
import io.sightline.hub.status.Integrations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open detectors, by id; shared by cameras. One thread changes it. */
final class DetectorShelf implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    private final Map<String, Detector> open = new ConcurrentHashMap<>();
    private final ModelStore models;
    private final DetectorStates states;

    /** @param models where fetched models are kept */
    DetectorShelf(Path models, Integrations integrations) {
        this.models = new ModelStore(models);
        this.states = new DetectorStates(integrations);
    }

    /**
     * Opens a detector without putting it to use. One whose model has yet to be fetched is open at once, and cannot look at
     * frames until the model is there.
     *
     * @throws DetectionException if its model cannot be used; nothing has changed then
     */
    Detector open(DetectorSettings settings) throws DetectionException {
        Optional<ModelSource> source = DetectorSpecs.source(settings);
        if (source.isPresent()) {
            return new FetchedDetector(settings, source.get(), models, states);
        }
        return Detectors.open(DetectorSpecs.of(settings));
    }

    /** Puts a detector to use under its id. @return the one that it replaces, to be closed when no camera uses it */
    Optional<Detector> put(Detector detector) {
        if (detector instanceof FetchedDetector fetched) {
            fetched.start();
        } else {
            states.open(detector.info());
        }
        return Optional.ofNullable(open.put(detector.info().id(), detector));
    }

    Detector get(String id) {
        Detector detector = open.get(id);
        if (detector == null) {
            throw new IllegalStateException("detector '" + id + "' is not open");
        }
        return detector;
    }

    /** Takes a detector out of use. @return the detector, to be closed when no camera uses it */
    Optional<Detector> remove(String id) {
        states.remove(id);
        return Optional.ofNullable(open.remove(id));
    }

    /**
     * Closes detectors on a thread of their own: closing one waits for its native call under way, which may hang.
     *
     * @return the thread
     */
    static Thread closeAside(List<Detector> detectors) {
        var thread = new Thread(() -> detectors.forEach(Detector::close), "hub-detector-close");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits a few seconds at most. */
    @Override
    public void close() {
        List<Detector> all = List.copyOf(open.values());
        open.clear();
        try {
            closeAside(all).join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
