package io.sightline.engine.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;

/**
 * One open connection, plain or with TLS. One thread reads and one writes; any may close, which ends both, as does
 * interrupting them.
 */
final class Wire implements Closeable {
    /** Waits as long as it takes. */
    static final long FOREVER = Long.MIN_VALUE;

    private static final int BUFFER = 16 << 10;

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream raw;
    private final OutputStream out;
    private final InputStream in = new Timed();
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private volatile long deadlineNanos = FOREVER;

    /** @param socket over the channel, whose closing closes everything */
    Wire(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.raw = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** What arrives, buffered. Throws {@link SocketTimeoutException} at the deadline and can be read on later. */
    InputStream in() {
        return in;
    }

    /** Unbuffered. */
    OutputStream out() {
        return out;
    }

    /** @param nanos of {@link System#nanoTime}, or {@link #FOREVER} */
    void readUntil(long nanos) {
        deadlineNanos = nanos;
    }

    /** Whose address was connected to. */
    InetAddress peer() {
        return socket.getInetAddress();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is of no use any more, whether closing worked or not
        }
    }

    private final class Timed extends InputStream {
        @Override
        public int read() throws IOException {
            return from < to || fill() ? buffer[from++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (from >= to && !fill()) {
                return -1;
            }
            int count = Math.min(length, to - from);
            System.arraycopy(buffer, from, target, offset, count);
            from += count;
            return count;
        }

        /** What can be read without waiting. */
        @Override
        public int available() throws IOException {
            return from < to ? to - from : raw.available();
        }

        private boolean fill() throws IOException {
            socket.setSoTimeout(patienceMillis());
            int count = raw.read(buffer, 0, buffer.length);
            from = 0;
            to = Math.max(0, count);
            return count > 0;
        }

        private int patienceMillis() throws SocketTimeoutException {
            if (deadlineNanos == FOREVER) {
                return 0;
            }
            long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            return (int) Math.min(left, Integer.MAX_VALUE);
        }
    }
}
