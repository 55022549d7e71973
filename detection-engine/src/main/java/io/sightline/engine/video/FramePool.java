package io.sightline.engine.video;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * The fixed number of picture slots of one camera, outside the heap. A slot gets its memory when it is needed for the
 * first time and keeps it; the one that was given back last is used next. So nothing is allocated per frame, and what
 * is held is what was ever in use at once. An exhausted pool answers with nothing and counts. All methods may be called
 * from any thread.
 */
public final class FramePool {
    /** Vector code of native libraries may read, never write, so many bytes past the end of a picture. */
    private static final int READ_AHEAD = 64;

    private final int bytesPerSlot;
    private final int slots;
    private final ConcurrentLinkedDeque<Slot> free = new ConcurrentLinkedDeque<>();
    /** Whoever gets one finds a slot, or makes one: never more than so many. */
    private final Semaphore available;

    private final LongAdder exhausted = new LongAdder();

    /**
     * Makes the first slot at once.
     *
     * @param slots number of pictures that can be in use at once, at least 1
     * @param bytesPerSlot size of one picture in bytes, see {@link FrameInfo#bytes(int, int)}
     * @throws OutOfMemoryError if there is no memory outside the heap; {@link #lease} may find that later too
     */
    public FramePool(int slots, int bytesPerSlot) {
        this.slots = slots;
        this.available = new Semaphore(slots);
        this.bytesPerSlot = bytesPerSlot;
        free.add(make());
    }

    /**
     * A slot to fill, or empty if all are in use; the latter is counted. Publish it or abandon it.
     *
     * @throws OutOfMemoryError if a slot is needed that has no memory yet, and there is none outside the heap
     */
    public Optional<Slot> lease() {
        if (!available.tryAcquire()) {
            exhausted.increment();
            return Optional.empty();
        }
        try {
            Slot slot = free.pollFirst();
            return Optional.of(slot == null ? make() : slot);
        } catch (OutOfMemoryError e) {
            available.release();
            throw e;
        }
    }

    /** Waits until a slot is free, for pictures of which none may be lost; free for whoever leases first. */
    public void awaitFree() throws InterruptedException {
        available.acquire();
        available.release();
    }

    private Slot make() {
        ByteBuffer block = ByteBuffer.allocateDirect(Math.addExact(bytesPerSlot, READ_AHEAD));
        return new Slot(block.slice(0, bytesPerSlot));
    }

    /** Slots in use now, 0 to {@link #slots()}. */
    public int leased() {
        return slots - available.availablePermits();
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
            free.addFirst(this);
            available.release();
        }
    }
}
