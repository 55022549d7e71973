package io.sightline.hub.cameras;

import io.sightline.camera.CameraComponent;
import io.sightline.engine.packet.RecentPictures;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.JpegEncoder;
import io.sightline.engine.video.Overlay;
import io.sightline.engine.video.VideoException;
import io.sightline.processors.live.FrameEncoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots from the camera's main stream where it has one beside the stream that is looked at, else from the frame
 * itself. Any thread.
 */
final class SnapshotEncoder implements FrameEncoder {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotEncoder.class);
    private static final int QUALITY = 85;
    private static final int FULL_SIZE = Integer.MAX_VALUE;

    private final Supplier<CamelContext> camel;
    private final JpegEncoder encoder = new JpegEncoder();

    /** @param camel where the component {@code camera} is, asked for each picture */
    SnapshotEncoder(Supplier<CamelContext> camel) {
        this.camel = camel;
    }

    @Override
    public byte[] encode(Frame frame, List<Overlay> overlays) {
        Optional<Frame> main = pictures(frame.cameraId()).flatMap(recent -> like(recent, frame));
        if (main.isEmpty()) {
            return encoder.encode(frame, overlays, FULL_SIZE, QUALITY);
        }
        try (Frame picture = main.get()) {
            return encoder.encode(picture, overlays, FULL_SIZE, QUALITY);
        }
    }

    private Optional<RecentPictures> pictures(String cameraId) {
        return camel.get().hasComponent("camera") instanceof CameraComponent component
                ? component.pictures(cameraId)
                : Optional.empty();
    }

    private static Optional<Frame> like(RecentPictures recent, Frame frame) {
        try {
            return recent.like(frame.info());
        } catch (VideoException
                | IllegalStateException
                | OutOfMemoryError e) { // the last one of memory outside the heap
            LOG.atDebug().addKeyValue("cameraId", frame.cameraId()).setCause(e).log("no snapshot from the main stream");
            return Optional.empty();
        }
    }
}
