package io.sightline.camera;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Notices pictures that no longer change. A sensor has noise, so that two pictures of one are never the same to the bit,
 * whatever it sees. Where the sensor hangs, the encoder goes on with the same picture over and over: what is decoded then
 * differs a little from key frame to key frame, but comes again with each. So the picture counts as new if it is none of
 * the last {@value #REMEMBERED}.
 *
 * <p>Compared are checksums of every fourth row of brightness, but for the upper and lower eighth of the picture, where
 * cameras write a clock that goes on over a frozen picture; a clock elsewhere hides that it is frozen. One thread.
 */
final class FrozenPicture {
    private static final int REMEMBERED = 64;
    private static final int ROWS = 4;
    private static final int EDGE = 8;

    private final long limitNanos;
    private final CRC32C checksum = new CRC32C();
    private final long[] last = new long[REMEMBERED];
    private long pictures;
    private long newNanos;
    private long seenNanos;

    /** @param limit for how long nothing new may come; 0 for ever */
    FrozenPicture(Duration limit) {
        this.limitNanos = limit.toNanos();
        Arrays.fill(last, -1);
    }

    /**
     * @param i420 the picture, luma first, row by row without padding
     * @param nanos {@link System#nanoTime} of its arrival
     */
    void seen(ByteBuffer i420, int width, int height, long nanos) {
        if (limitNanos == 0) {
            return;
        }
        long now = checksum(i420.duplicate(), width, height);
        boolean known = false;
        for (long earlier : last) {
            known |= earlier == now;
        }
        if (!known) {
            last[(int) (pictures++ % REMEMBERED)] = now;
            newNanos = nanos;
        }
        seenNanos = nanos;
    }

    private long checksum(ByteBuffer luma, int width, int height) {
        checksum.reset();
        for (int row = height / EDGE; row < height - height / EDGE; row += ROWS) {
            luma.limit((row + 1) * width).position(row * width);
            checksum.update(luma);
        }
        return checksum.getValue();
    }

    /** For how long nothing new has come, if that is too long. */
    Optional<Duration> frozen() {
        long same = seenNanos - newNanos;
        return limitNanos > 0 && same >= limitNanos ? Optional.of(Duration.ofNanos(same)) : Optional.empty();
    }
}
