package io.sightline.camera;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a camera stands.
 *
 * @param code why, in one word, for programs and metrics; null where nothing is the matter
 * @param reason why, and when the next try is, for people, without secrets; null as the code
 */
public record CameraStatus(
        State state, @Nullable String code, @Nullable String reason) {
    /** Code of a camera whose route was stopped. */
    public static final String STOPPED = "STOPPED";

    /** The states of a camera. */
    public enum State {
        /** Pictures come. */
        ONLINE,
        /** Pictures come, but not as they should. */
        DEGRADED,
        /** No pictures; the camera is tried again by itself. */
        OFFLINE,
        /** Stopped, or a file that was played to its end. */
        DISABLED
    }

    static CameraStatus online() {
        return new CameraStatus(State.ONLINE, null, null);
    }

    /** Pictures come, but from whom nobody knows: the state of a camera that could be better, by choice. */
    static CameraStatus unverified(String cameraId) {
        return new CameraStatus(
                State.DEGRADED,
                "UNVERIFIED",
                "camera " + cameraId + ": its certificate is not checked (tls-verify: false); set tls-pin instead");
    }

    boolean sameAs(@Nullable CameraStatus other) {
        return other != null && state == other.state && Objects.equals(code, other.code);
    }
}
