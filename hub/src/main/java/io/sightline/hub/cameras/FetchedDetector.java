package io.sightline.hub.cameras;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.DetectionException.Reason;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.fetch.FetchException;
import io.sightline.engine.fetch.ModelSource;
import io.sightline.engine.fetch.ModelStore;
import io.sightline.engine.video.Frame;
import io.sightline.hub.settings.DetectorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A detector whose model is fetched first, on a thread of its own: until then it looks at nothing and says how far the
 * model is, so that nothing else waits for it.
 */
final class FetchedDetector implements Detector {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedDetector.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int LOG_STEP = 10;

    private final DetectorSettings settings;
    private final ModelSource source;
    private final ModelStore store;
    private final DetectorStates states;
    private final Thread fetching;
    private volatile @Nullable Detector opened;
    private volatile DetectionException waiting;
    private volatile int percent = -1;
    private boolean closed;

    FetchedDetector(DetectorSettings settings, ModelSource source, ModelStore store, DetectorStates states) {
        this.settings = settings;
        this.source = source;
        this.store = store;
        this.states = states;
        this.waiting = notReady("its model is being fetched");
        this.fetching = new Thread(this::fetch, "hub-model-fetch-" + settings.id());
        fetching.setDaemon(true);
    }

    /** Begins to fetch; once. */
    FetchedDetector start() {
        fetching.start();
        return this;
    }

    /** The hash is known from the beginning; the labels are when the model is there. */
    @Override
    public DetectorInfo info() {
        Detector detector = opened;
        return detector == null
                ? new DetectorInfo(settings.id(), source.name(), source.sha256(), List.of())
                : new DetectorInfo(
                        settings.id(),
                        source.name(),
                        source.sha256(),
                        detector.info().labels(),
                        detector.info().notes());
    }

    @Override
    public List<SeenObject> detect(Frame frame) throws DetectionException {
        return opened().detect(frame);
    }

    @Override
    public List<SeenObject> detect(Frame frame, List<BoundingBox> regions) throws DetectionException {
        return opened().detect(frame, regions);
    }

    @Override
    public int batchSize() {
        Detector detector = opened;
        return detector == null ? 1 : detector.batchSize();
    }

    @Override
    public List<List<SeenObject>> detectAll(List<Frame> frames) throws DetectionException {
        return opened().detectAll(frames);
    }

    private Detector opened() throws DetectionException {
        Detector detector = opened;
        if (detector == null) {
            throw waiting;
        }
        return detector;
    }

    @Override
    public void close() {
        Detector detector;
        synchronized (this) {
            closed = true;
            detector = opened;
        }
        fetching.interrupt();
        if (detector != null) {
            detector.close();
        }
        try {
            fetching.join(); // it ends soon, and writes no more then
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fetch() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!tryOnce(pause)) {
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("detectorId", settings.id()).log("model is no longer wanted");
        }
    }

    /** @return whether nothing is left to try */
    private boolean tryOnce(Duration pause) throws InterruptedException {
        try {
            if (store.find(source).isEmpty()) {
                tell(notReady("its model is being fetched from " + source));
            }
            Path file = store.fetch(source, this::progress);
            use(Detectors.open(DetectorSpecs.of(settings, file)));
            return true;
        } catch (FetchException e) {
            String next = e.isWorthAnotherTry() ? "; next try in " + pause.toSeconds() + " s" : "";
            waiting = notReady(e.getMessage() + next);
            report(() -> states.fetchFailed(settings.id(), waiting.getMessage()));
            return !e.isWorthAnotherTry();
        } catch (DetectionException e) {
            return unusable(e);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("detectorId", settings.id()).setCause(e).log("the model cannot be used");
            return unusable(notReady("its model cannot be used, see the log"));
        }
    }

    private boolean unusable(DetectionException why) {
        waiting = why;
        report(() -> states.unusable(settings.id(), why.getMessage()));
        return true;
    }

    private void use(Detector detector) {
        boolean tooLate;
        synchronized (this) {
            tooLate = closed;
            opened = tooLate ? null : detector;
        }
        if (tooLate) {
            detector.close();
            return;
        }
        states.open(info());
        LOG.atInfo()
                .addKeyValue("detectorId", settings.id())
                .addKeyValue("model", source)
                .log("model is in use");
    }

    private void progress(long done, long total) {
        int now = total > 0 ? (int) (100 * done / total) : 0;
        if (now == percent) {
            return;
        }
        boolean step = now / LOG_STEP != percent / LOG_STEP;
        percent = now;
        tell(notReady("its model is being fetched, " + (total > 0 ? now + " %" : done + " bytes")));
        if (step) {
            LOG.atInfo()
                    .addKeyValue("detectorId", settings.id())
                    .addKeyValue("bytes", done)
                    .addKeyValue("of", total)
                    .log("model is being fetched");
        }
    }

    private void tell(DetectionException news) {
        waiting = news;
        report(() -> states.fetching(settings.id(), news.getMessage()));
    }

    /** A detector that was closed is no longer anybody's business. */
    private synchronized void report(Runnable news) {
        if (!closed) {
            news.run();
        }
    }

    private DetectionException notReady(String problem) {
        return new DetectionException(Reason.NOT_READY, "detector '" + settings.id() + "': " + problem);
    }
}
