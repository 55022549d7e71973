package io.sightline.processors.pipeline;

import java.util.Locale;

/** Why a detection ended. */
public enum EndReason {
    /** It went out of the picture. */
    LEFT,
    /** It was not seen for too long, within the picture: hidden, or the detector sees it no more. */
    LOST,
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
