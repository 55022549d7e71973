package io.sightline.hub.cameras;

import io.sightline.camera.CameraListener;
import io.sightline.camera.CameraStatus;
import io.sightline.engine.detect.DetectionException;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.pipeline.PipelineListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins what a camera's source and its detector say into one state: a camera whose pictures come but cannot be looked
 * at is DEGRADED. Told on the threads of the cameras.
 */
final class CameraStates implements CameraListener, PipelineListener {
    static final String KIND = "camera";

    private static final Logger LOG = LoggerFactory.getLogger(CameraStates.class);

    private final Integrations integrations;
    private final Map<String, CameraStatus> sources = new ConcurrentHashMap<>();
    private final Map<String, DetectionException> detectors = new ConcurrentHashMap<>();
    private volatile @Nullable Consumer<String> whenOffline;

    CameraStates(Integrations integrations) {
        this.integrations = integrations;
    }

    /** @param listener is told the id of a camera that has just lost its pictures, on that camera's thread */
    void whenOffline(Consumer<String> listener) {
        whenOffline = listener;
    }

    @Override
    public void report(String cameraId, CameraStatus status) {
        CameraStatus before = sources.put(cameraId, status);
        tell(cameraId);
        var listener = whenOffline;
        boolean lost = status.state() == CameraStatus.State.OFFLINE || status.state() == CameraStatus.State.DISABLED;
        if (lost && listener != null && (before == null || before.state() != status.state())) {
            listener.accept(cameraId);
        }
    }

    @Override
    public void observed(String cameraId, int objects) {
        if (detectors.remove(cameraId) != null) {
            tell(cameraId);
        }
    }

    @Override
    public void detectorFailed(String cameraId, DetectionException problem) {
        if (detectors.put(cameraId, problem) == null) {
            tell(cameraId);
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
    void remove(String cameraId) {
        sources.remove(cameraId);
        detectors.remove(cameraId);
        integrations.remove(KIND, cameraId);
    }

    void disabled(String cameraId) {
        sources.remove(cameraId);
        detectors.remove(cameraId);
        integrations.disabled(KIND, cameraId);
    }

    /** Before the first word of the camera itself. */
    void connecting(String cameraId) {
        integrations.offline(KIND, cameraId, "CONNECTING", "not connected yet");
    }

    private void tell(String cameraId) {
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
