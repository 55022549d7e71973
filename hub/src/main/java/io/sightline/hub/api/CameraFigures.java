package io.sightline.hub.api;

import java.util.Map;

/** Figures of cameras: counts that only grow, and the last picture. Any thread. */
public interface CameraFigures {
    /** @return JSON values by name in snake case, for example {@code frames_read}; empty for an unknown camera */
    Map<String, Object> of(String cameraId);
}
