package io.sightline.camera;

import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The slots for one camera's pictures; follows the size of the pictures. One thread. */
final class PictureSlots {
    /** One being filled, one waiting, one in the route, and three that viewers or snapshots may hold. */
    static final int COUNT = 6;

    private final String cameraId;
    private final IntFunction<FramePool> pools;
    private final CameraFigures figures;
    private @Nullable FramePool pool;

    /** @param pools makes a pool of slots of so many bytes; an {@link OutOfMemoryError} is tried again later */
    PictureSlots(String cameraId, IntFunction<FramePool> pools, CameraFigures figures) {
        this.cameraId = cameraId;
        this.pools = pools;
        this.figures = figures;
    }

    static FramePool newPool(int bytesPerSlot) {
        return new FramePool(COUNT, bytesPerSlot);
    }

    /**
     * A slot for a picture that is not to be lost: waits until one is free.
     *
     * @throws InterruptedException if the thread was interrupted; the picture was not looked at then
     */
    FramePool.Slot await(int width, int height) throws VideoException, InterruptedException {
        Optional<FramePool.Slot> slot = Optional.empty();
        while (slot.isEmpty()) {
            FramePool current = pool;
            if (current != null && current.bytesPerSlot() == FrameInfo.bytes(width, height)) {
                current.awaitFree();
            }
            slot = lease(width, height);
        }
        return slot.get();
    }

    /** A slot for a picture of this size, or empty if all are in use. */
    Optional<FramePool.Slot> lease(int width, int height) throws VideoException {
        int bytes = FrameInfo.bytes(width, height);
        FramePool current = pool;
        if (current == null || current.bytesPerSlot() != bytes) {
            current = renewed(width, height);
        }
        return current.lease();
    }

    /** Lets go of the pool before, so that both need not fit at once; frames of it stay good until they are closed. */
    private FramePool renewed(int width, int height) throws VideoException {
        pool = null;
        figures.forgetPool();
        FramePool made = made(width, height);
        pool = made;
        figures.use(made);
        return made;
    }

    private FramePool made(int width, int height) throws VideoException {
        int bytes = FrameInfo.bytes(width, height);
        try {
            return pools.apply(bytes);
        } catch (OutOfMemoryError e) {
            long kibibytes = (long) COUNT * bytes / 1024;
            String wanted = "for " + COUNT + " pictures of " + width + "x" + height + ", " + kibibytes
                    + " KiB outside the heap";
            throw new VideoException(Cause.NO_MEMORY, outOfMemory(wanted, e));
        }
    }

    /** What to tell and advise where there is no memory. */
    String outOfMemory(String what, OutOfMemoryError e) {
        return "camera " + cameraId + ": no memory " + what + " (" + e.getMessage()
                + "); take a smaller stream, fewer cameras, or a larger limit, for example"
                + " SIGHTLINE_JAVA_OPTS=-XX:MaxDirectMemorySize=2g";
    }
}
