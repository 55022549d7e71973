package io.sightline.hub.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads the file that a sink appends to, one event a line, on a thread of its own. A kill or a full disk may leave the
 * beginning of an event, which the next one follows on the same line: that one is read from its own beginning.
 */
final class FileReceiver implements AutoCloseable {
    private static final byte[] BEGINNING = "{\"specversion\"".getBytes(StandardCharsets.UTF_8);
    private static final long EVERY_MILLIS = 50;
    private static final long MOST = 16L << 20;

    private final Path file;
    private final HttpReceiver.Arrival arrival;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Child.daemons("file-receiver"));
    private long read;

    FileReceiver(Path file, HttpReceiver.Arrival arrival) {
        this.file = file;
        this.arrival = arrival;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Enters what has come since the last look; a line that is not at its end yet waits for the next. */
    private void look() {
        if (!Files.exists(file)) {
            return;
        }
        try (var channel = Files.newByteChannel(file)) {
            channel.position(read);
            var buffer = ByteBuffer.allocate((int) Math.min(channel.size() - read, MOST));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                Thread.onSpinWait();
            }
            read += enterLines(buffer.array(), buffer.position());
        } catch (IOException e) {
            // looked at again; what is never read is counted as lost
        }
    }

    /** @return how many bytes were whole lines */
    private int enterLines(byte[] bytes, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                enter(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return start;
    }

    private void enter(byte[] line) {
        for (int i = line.length - BEGINNING.length; i >= 0; i--) {
            if (Arrays.equals(line, i, i + BEGINNING.length, BEGINNING, 0, BEGINNING.length)) {
                arrival.of(Arrays.copyOfRange(line, i, line.length));
                return;
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
