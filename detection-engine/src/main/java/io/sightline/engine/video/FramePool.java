package io.sightline.engine.video;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The fixed number of picture slots of one camera, in one block outside the heap, sized once. Nothing is allocated per
 * frame; an exhausted pool answers with nothing and counts. All methods may be called from any thread.
 */
public final class FramePool {
    /** Vector code of native libraries may read, never write, so many bytes past the end of a picture. */
    private static final int READ_AHEAD = 64;

    private final int bytesPerSlot;
    private final int slots;
    private final ConcurrentLinkedQueue<Slot> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger leased = new AtomicInteger();
    private final LongAdder exhausted = new LongAdder();

    /**
     * @param slots number of pictures that can be in use at once, at least 1
     * @param bytesPerSlot size of one picture in bytes, see {@link FrameInfo#bytes(int, int)}
     */
    public FramePool(int slots, int bytesPerSlot) {
        this.slots = slots;
        this.bytesPerSlot = bytesPerSlot;
        ByteBuffer block =
                ByteBuffer.allocateDirect(Math.addExact(Math.multiplyExact(slots, bytesPerSlot), READ_AHEAD));
        for (int i = 0; i < slots; i++) {
            free.add(new Slot(block.slice(i * bytesPerSlot, bytesPerSlot)));
        }
    }

    /** A slot to fill, or empty if all are in use; the latter is counted. Publish it or abandon it. */
    public Optional<Slot> lease() {
        Slot slot = free.poll();
        if (slot == null) {
            exhausted.increment();
            return Optional.empty();
        }
        leased.incrementAndGet();
        return Optional.of(slot);
    }

    /** Slots in use now, 0 to {@link #slots()}. */
    public int leased() {
        return leased.get();
    }

    public int slots() {
        return slots;
    }

    public int bytesPerSlot() {
        return bytesPerSlot;
    }

    /** How often no slot was free: so many frames were lost here. */
    public long exhausted() {
        return exhausted.sum();
    }

    /** Memory for one picture, held by one thread until it is published or abandoned. */
    public final class Slot {
        private final ByteBuffer memory;

        private Slot(ByteBuffer memory) {
            this.memory = memory;
        }

        /** The slot's bytes, position 0, at least {@link FrameInfo#bytes()} of what will be published. */
        public ByteBuffer memory() {
            return memory.duplicate();
        }

        /** Makes a frame of what was written. The caller owns its one lease. */
        public Frame publish(FrameInfo info) {
            if (info.bytes() > bytesPerSlot) {
                throw new IllegalArgumentException("camera '" + info.cameraId() + "': " + info.width() + "x"
                        + info.height() + " needs " + info.bytes() + " bytes, the pool's slots have " + bytesPerSlot);
            }
            return new Frame(this, info);
        }

        /** Gives the slot back unpublished. */
        public void abandon() {
            giveBack();
        }

        void giveBack() {
            leased.decrementAndGet();
            free.add(this);
        }
    }
}
