package io.sightline.camera;

import io.sightline.camera.CameraStatus.State;
import java.time.Duration;

/** How a smart camera stands, by what it sends. Times as {@link System#nanoTime}; one thread. */
final class ObjectsHealth {
    private static final int WINDOW = 50;
    private static final long WARNED_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MOST_REFUSED_SHARE = 10;

    private final String cameraId;
    private final Duration silenceLimit;
    private int good;
    private int refused;
    private boolean degraded;
    private boolean any;
    private boolean refusedSinceGood;
    private boolean droppedAny;
    private long goodNanos;
    private long droppedNanos;
    private String problem = "";

    /** @param now when listening began */
    ObjectsHealth(String cameraId, Duration silenceLimit, long now) {
        this.cameraId = cameraId;
        this.silenceLimit = silenceLimit;
        this.goodNanos = now;
    }

    void good(long now) {
        any = true;
        goodNanos = now;
        refusedSinceGood = false;
        good++;
        judge();
    }

    void refused(String why) {
        problem = why;
        refusedSinceGood = true;
        refused++;
        judge();
    }

    /** Messages of strangers, or too many of them. */
    void dropped(long now) {
        droppedAny = true;
        droppedNanos = now;
    }

    private void judge() {
        if (good + refused >= WINDOW) {
            degraded = refused * MOST_REFUSED_SHARE > good + refused;
            good = 0;
            refused = 0;
        }
    }

    CameraStatus status(long now) {
        if (!any || now - goodNanos > silenceLimit.toNanos()) {
            return silent();
        } else if (degraded) {
            return new CameraStatus(
                    State.DEGRADED,
                    "BROKEN_LISTS",
                    "camera " + cameraId + ": more than a tenth of its lists are refused, the last one because "
                            + problem);
        } else if (droppedAny && now - droppedNanos < WARNED_NANOS) {
            return new CameraStatus(
                    State.DEGRADED,
                    "LISTS_DROPPED",
                    "camera " + cameraId
                            + ": messages of another sender, or more than it can take in a second, are dropped;"
                            + " name the camera's address in the option 'from'");
        }
        return CameraStatus.online();
    }

    private CameraStatus silent() {
        return refusedSinceGood
                ? new CameraStatus(
                        State.OFFLINE,
                        "UNREADABLE",
                        "camera " + cameraId + ": lists come, and none can be used, the last one because " + problem)
                : new CameraStatus(
                        State.OFFLINE,
                        "SILENT",
                        "camera " + cameraId + ": no object list for " + silenceLimit.toMillis() + " ms");
    }

    /** Whether it is too early to say anything. */
    boolean isWaiting(long now) {
        return !any && !refusedSinceGood && now - goodNanos <= silenceLimit.toNanos();
    }
}
