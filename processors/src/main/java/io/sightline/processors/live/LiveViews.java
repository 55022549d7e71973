package io.sightline.processors.live;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The live views of all cameras. Any thread. */
public final class LiveViews {
    private final FrameEncoder encoder;
    private final ConcurrentHashMap<String, LiveView> views = new ConcurrentHashMap<>();

    public LiveViews(FrameEncoder encoder) {
        this.encoder = encoder;
    }

    /** The view of a configured camera, or empty. */
    public Optional<LiveView> find(String cameraId) {
        return Optional.ofNullable(views.get(cameraId));
    }

    /** Makes the view of a camera, if there is none yet. */
    public LiveView ensure(String cameraId) {
        return views.computeIfAbsent(cameraId, id -> new LiveView(encoder));
    }

    /** Ends the view of a camera; its viewers learn so. */
    public void remove(String cameraId) {
        var view = views.remove(cameraId);
        if (view != null) {
            view.close();
        }
    }
}
