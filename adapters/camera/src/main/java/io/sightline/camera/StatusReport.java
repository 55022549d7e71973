package io.sightline.camera;

import io.sightline.camera.CameraStatus.State;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells listeners how one camera stands. Where nobody listens, changes are logged; repeats never above DEBUG. */
final class StatusReport {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReport.class);

    private final String cameraId;
    private final Collection<CameraListener> listeners;
    private @Nullable CameraStatus last;
    private volatile boolean playing;
    private volatile int comings;

    StatusReport(String cameraId, Collection<CameraListener> listeners) {
        this.cameraId = cameraId;
        this.listeners = listeners;
    }

    synchronized void report(CameraStatus status) {
        boolean changed = !status.sameAs(last);
        last = status;
        follow(status.state() == State.ONLINE || status.state() == State.DEGRADED);
        LOG.atLevel(level(status, changed))
                .addKeyValue("cameraId", cameraId)
                .addKeyValue("state", status.state())
                .addKeyValue("reason", status.reason() == null ? "" : status.reason())
                .log("camera state");
        for (CameraListener listener : listeners) {
            try {
                listener.report(cameraId, status);
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("cameraId", cameraId).setCause(e).log("a camera listener failed");
            }
        }
    }

    private void follow(boolean plays) {
        comings += plays && !playing ? 1 : 0;
        playing = plays;
    }

    /** Whether the camera's pictures come. Any thread. */
    boolean isPlaying() {
        return playing;
    }

    /** How often the pictures have begun to come. Any thread. */
    int comings() {
        return comings;
    }

    /** No picture comes for now, which is normal for this camera. */
    synchronized void quiet() {
        for (CameraListener listener : listeners) {
            try {
                listener.quiet(cameraId);
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("cameraId", cameraId).setCause(e).log("a camera listener failed");
            }
        }
    }

    private Level level(CameraStatus status, boolean changed) {
        if (!changed || !listeners.isEmpty()) {
            return Level.DEBUG;
        }
        return status.state() == State.OFFLINE || status.state() == State.DEGRADED ? Level.WARN : Level.INFO;
    }
}
