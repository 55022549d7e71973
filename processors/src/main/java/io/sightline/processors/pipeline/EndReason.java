package io.sightline.processors.pipeline;

import java.util.Locale;

/** Why a detection ended. */
public enum EndReason {
    LEFT,
    CAMERA_REMOVED,
    CAMERA_OFFLINE,
    RECONFIGURED,
    HUB_STOPPING,
    HUB_RESTARTED;

    /** As in events. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
