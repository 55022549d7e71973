package io.sightline.engine.packet;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Bytes outside the heap that are written at one end and forgotten at the other, in pages that are used again. Positions
 * count all bytes that were ever written. One thread at a time.
 */
final class PacketPages {
    static final int PAGE = 64 << 10;

    /** Pages that stay for the next packets when the camera sends less for a while. */
    private static final int MOST_SPARE = 4;

    private final List<ByteBuffer> pages = new ArrayList<>();
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();
    private final @Nullable Semaphore left;
    private long first;
    private long end;

    PacketPages() {
        this(null);
    }

    /** @param left pages that may still be taken, by these and by others; null: as many as there is memory for */
    PacketPages(@Nullable Semaphore left) {
        this.left = left;
    }

    /**
     * @return position of the first byte
     * @throws OutOfMemoryError if there is no memory outside the heap; nothing was written then
     */
    long write(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (end + left.remaining() > (first + pages.size()) * PAGE) {
            ByteBuffer kept = spare.poll();
            pages.add(kept == null ? make() : kept);
        }
        long start = end;
        while (left.hasRemaining()) {
            int offset = (int) (end % PAGE);
            int length = Math.min(left.remaining(), PAGE - offset);
            page(end).put(offset, left, left.position(), length);
            left.position(left.position() + length);
            end += length;
        }
        return start;
    }

    private ByteBuffer make() {
        if (left == null) {
            return ByteBuffer.allocateDirect(PAGE);
        }
        if (!left.tryAcquire()) {
            throw new OutOfMemoryError("all pages for packets are in use");
        }
        try {
            return ByteBuffer.allocateDirect(PAGE);
        } catch (OutOfMemoryError e) {
            left.release();
            throw e;
        }
    }

    private void release(int count) {
        if (left != null) {
            left.release(count);
        }
    }

    byte[] read(long position, int size) {
        var bytes = new byte[size];
        int done = 0;
        while (done < size) {
            int offset = (int) ((position + done) % PAGE);
            int length = Math.min(size - done, PAGE - offset);
            page(position + done).get(offset, bytes, done, length);
            done += length;
        }
        return bytes;
    }

    /** Forgets all before the position. */
    void forgetBefore(long position) {
        while (!pages.isEmpty() && (first + 1) * PAGE <= position) {
            ByteBuffer page = pages.remove(0);
            first++;
            if (spare.size() < MOST_SPARE) {
                spare.add(page);
            } else {
                release(1);
            }
        }
    }

    /** Forgets all, and gives the memory back. */
    void clear() {
        release(pages.size() + spare.size());
        pages.clear();
        spare.clear();
        first = (end + PAGE - 1) / PAGE;
        end = first * PAGE;
    }

    /** Bytes of memory in use. */
    long reserved() {
        return (long) (pages.size() + spare.size()) * PAGE;
    }

    private ByteBuffer page(long position) {
        return pages.get((int) (position / PAGE - first));
    }
}
