package io.sightline.engine.packet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Packets on their way into an MP4 file that plays in browsers before all of it is loaded. The file is of no use until
 * {@link #finish}. One thread at a time; every method may wait for the disk.
 */
public final class ClipFile implements AutoCloseable {
    private final Path file;
    private final Mp4Muxer muxer;
    private long first = Long.MIN_VALUE;
    private long last;
    private long step;
    private final StreamFormat.Tick tick;

    /**
     * Creates or replaces the file.
     *
     * @throws IOException if it cannot be written; nothing is left open then
     */
    public ClipFile(Path file, StreamFormat stream) throws IOException {
        this.file = file;
        this.tick = stream.tick();
        this.step = tick.ticks(Mp4Muxer.USUAL_LENGTH);
        this.muxer = new Mp4Muxer(stream, Optional.of(file), "+faststart");
    }

    /**
     * Adds a packet; where some are missing before it, the picture before stays so long.
     *
     * @throws IOException if it cannot be written, for example for want of room; the file is of no use then
     */
    public void write(EncodedPacket packet) throws IOException {
        if (first == Long.MIN_VALUE) {
            first = packet.dts();
            last = first;
        } else {
            step = packet.dts() - last;
            last = packet.dts();
        }
        muxer.write(packet, first, step);
    }

    /** From the first picture to the last. */
    public Duration length() {
        return first == Long.MIN_VALUE ? Duration.ZERO : Duration.ofNanos(tick.nanos(last - first));
    }

    /** Completes the file; it is on the disk when this returns. */
    public void finish() throws IOException {
        try (muxer) {
            muxer.finish();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Gives up what was not finished; the file stays as it is, for the caller to remove. */
    @Override
    public void close() {
        muxer.close();
    }
}
