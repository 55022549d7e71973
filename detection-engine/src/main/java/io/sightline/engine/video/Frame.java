package io.sightline.engine.video;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One picture: a counted lease on a slot of a {@link FramePool}, planar YUV 4:2:0 (I420, rows without padding, BT.601
 * limited range unless the source says otherwise).
 *
 * <p>Whoever was handed a frame closes it once. Who passes it to another thread, or keeps it beyond the call, first
 * {@link #retain() retains} it and closes that lease as well. The last close gives the slot back; the buffers must not
 * be touched afterwards. All methods may be called from any thread.
 */
public final class Frame implements AutoCloseable {
    private final FramePool.Slot slot;
    private final FrameInfo info;
    private final AtomicInteger leases = new AtomicInteger(1);

    Frame(FramePool.Slot slot, FrameInfo info) {
        this.slot = slot;
        this.info = info;
    }

    public FrameInfo info() {
        return info;
    }

    public String cameraId() {
        return info.cameraId();
    }

    public int width() {
        return info.width();
    }

    public int height() {
        return info.height();
    }

    /** All planes, one after the other: luma, U, V. A read-only direct buffer, position 0, native address stable. */
    public ByteBuffer pixels() {
        return view(0, info.bytes());
    }

    /** All planes, to be changed in place by who makes them fit to be shown. */
    ByteBuffer writable() {
        pixels(); // refuses a frame that was given back
        return slot.memory();
    }

    /** Brightness of each pixel, {@code width * height} bytes, row by row. */
    public ByteBuffer luma() {
        return view(0, width() * height());
    }

    /** One more lease on the same picture. @return this frame, to be closed once more */
    public Frame retain() {
        int before = leases.getAndUpdate(count -> count > 0 ? count + 1 : count);
        if (before <= 0) {
            throw new IllegalStateException("frame " + info + " was already given back");
        }
        return this;
    }

    @Override
    public void close() {
        int before = leases.getAndUpdate(count -> count > 0 ? count - 1 : count);
        if (before <= 0) {
            throw new IllegalStateException("frame " + info + " was given back twice");
        }
        if (before == 1) {
            slot.giveBack();
        }
    }

    private ByteBuffer view(int from, int length) {
        if (leases.get() <= 0) {
            throw new IllegalStateException("frame " + info + " was already given back");
        }
        return slot.memory().slice(from, length).asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return "Frame[" + info + "]";
    }
}
