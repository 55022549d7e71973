package io.sightline.hub.cameras;

import io.sightline.camera.CameraListener;
import io.sightline.camera.CameraStatus;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.DetectionException.Reason;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.pipeline.PipelineListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins what a camera's source and its detector say into one state: a camera whose pictures come but cannot be looked
 * at is DEGRADED. Told on the threads of the cameras; what is told last is what stays.
 */
final class CameraStates implements CameraListener, PipelineListener {
    static final String KIND = "camera";

    private static final Logger LOG = LoggerFactory.getLogger(CameraStates.class);

    private final Integrations integrations;
    private final Map<String, CameraStatus> sources = new ConcurrentHashMap<>();
    private final Map<String, DetectionException> detectors = new ConcurrentHashMap<>();
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Consumer<String> whenOffline;
    private volatile @Nullable Consumer<String> whenQuiet;

    CameraStates(Integrations integrations) {
        this.integrations = integrations;
    }

    /**
     * @param listener is told the id of a camera that has just lost its pictures, or has played its file to the end, on
     *     that camera's thread; not of one whose route was stopped
     */
    void whenOffline(Consumer<String> listener) {
        whenOffline = listener;
    }

    /** @param listener is told the id of a camera that sends nothing for now, on that camera's thread */
    void whenQuiet(Consumer<String> listener) {
        whenQuiet = listener;
    }

    @Override
    public void quiet(String cameraId) {
        var listener = whenQuiet;
        if (listener != null && !leaving.contains(cameraId)) {
            listener.accept(cameraId);
        }
    }

    @Override
    public void report(String cameraId, CameraStatus status) {
        CameraStatus before;
        synchronized (this) {
            if (leaving.contains(cameraId)) {
                return;
            }
            before = sources.put(cameraId, status);
            tell(cameraId);
        }
        var listener = whenOffline;
        if (gone(status) && listener != null && (before == null || before.state() != status.state())) {
            listener.accept(cameraId);
        }
    }

    /** Whether the newest word of the camera is that it sends no pictures, by its own doing. */
    boolean gone(String cameraId) {
        CameraStatus status = sources.get(cameraId);
        return status != null && gone(status);
    }

    private static boolean gone(CameraStatus status) {
        return switch (status.state()) {
            case OFFLINE -> true;
            case DISABLED -> !CameraStatus.STOPPED.equals(status.code());
            case ONLINE, DEGRADED -> false;
        };
    }

    /** The hub itself takes the camera down: what its route still says is no news, until it is made anew. */
    synchronized void leaving(String cameraId) {
        leaving.add(cameraId);
    }

    /** The hub could not do with the camera what the settings say. */
    synchronized void failed(String cameraId, String reason) {
        sources.remove(cameraId);
        integrations.offline(KIND, cameraId, "FAILED", reason);
    }

    /** It is kept apart, because the hub's process died while it worked on it. */
    synchronized void crashed(String cameraId, String reason) {
        sources.remove(cameraId);
        integrations.offline(KIND, cameraId, "CRASHED", reason);
    }

    @Override
    public void observed(String cameraId, int objects) {
        if (detectors.containsKey(cameraId)) {
            recovered(cameraId);
        }
    }

    private synchronized void recovered(String cameraId) {
        if (detectors.remove(cameraId) != null) {
            tell(cameraId);
        }
    }

    @Override
    public synchronized void detectorFailed(String cameraId, DetectionException problem) {
        DetectionException before = detectors.put(cameraId, problem);
        if (before == null || before.reason() != problem.reason() || problem.reason() == Reason.NOT_READY) {
            tell(cameraId); // of a model that is being fetched people want to know how far it is
        }
    }

    @Override
    public void snapshotLost(String cameraId, String reason) {
        LOG.atWarn()
                .addKeyValue("cameraId", cameraId)
                .addKeyValue("reason", reason)
                .log("a snapshot could not be kept");
    }

    /** Forgets a camera that is no longer configured. */
    synchronized void remove(String cameraId) {
        sources.remove(cameraId);
        detectors.remove(cameraId);
        leaving.remove(cameraId);
        integrations.remove(KIND, cameraId);
    }

    synchronized void disabled(String cameraId) {
        sources.remove(cameraId);
        detectors.remove(cameraId);
        leaving.remove(cameraId);
        integrations.disabled(KIND, cameraId);
    }

    /** Before the first word of the camera itself. */
    synchronized void connecting(String cameraId) {
        sources.remove(cameraId);
        integrations.offline(KIND, cameraId, "CONNECTING", "not connected yet");
        leaving.remove(cameraId);
    }

    private synchronized void tell(String cameraId) {
        CameraStatus source = sources.get(cameraId);
        if (source == null) {
            return;
        }
        DetectionException trouble = detectors.get(cameraId);
        String code = source.code() == null ? "" : source.code();
        String reason = source.reason() == null ? "" : source.reason();
        switch (source.state()) {
            case OFFLINE -> integrations.offline(KIND, cameraId, code, reason);
            case DISABLED -> integrations.ended(KIND, cameraId, code, reason);
            case DEGRADED -> integrations.degraded(KIND, cameraId, code, reason);
            case ONLINE -> {
                if (trouble == null) {
                    integrations.online(KIND, cameraId);
                } else {
                    integrations.degraded(KIND, cameraId, "DETECTOR_" + trouble.reason(), trouble.getMessage());
                }
            }
        }
    }
}
