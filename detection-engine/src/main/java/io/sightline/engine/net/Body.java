package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an HTTP answer: of a known length, in chunks, or up to the end of the connection. One thread. */
final class Body extends InputStream {
    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final int LONGEST_LINE = 1024;

    static final Body NONE = new Body(InputStream.nullInputStream(), false, 0);

    private final InputStream in;
    private final boolean chunked;
    private final boolean toTheEnd;
    private long left;
    private boolean ended;
    private boolean firstChunk = true;

    private Body(InputStream in, boolean chunked, long left) {
        this.in = in;
        this.chunked = chunked;
        this.left = left;
        this.toTheEnd = left == UNKNOWN;
        this.ended = left == 0 && !chunked;
    }

    static Body of(MessageHead head, InputStream in) throws ConnectionException {
        int status = head.status();
        boolean chunked = head.value("Transfer-Encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent();
        if (status / 100 == 1 || status == 204 || status == 304) {
            return new Body(in, false, 0);
        }
        return new Body(in, chunked, chunked ? 0 : head.contentLength().orElse(UNKNOWN));
    }

    /** Whether it has an end other than that of the connection. */
    boolean endKnown() {
        return !toTheEnd;
    }

    /** Whether all of it was read, so that another request can follow on the connection. */
    boolean ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ended && chunked && left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            if (!toTheEnd) {
                throw new EOFException("the camera closed the connection");
            }
            ended = true;
            return -1;
        }
        if (!toTheEnd) {
            left -= count;
            ended = left == 0 && !chunked;
        }
        return count;
    }

    private void nextChunk() throws IOException {
        if (!firstChunk) {
            line();
        }
        firstChunk = false;
        String size = line().split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,8}")) {
            throw new ConnectionException(Reason.UNREADABLE, "its answer is broken: a chunk without a size");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            while (!line().isEmpty()) {
                continue;
            }
            ended = true;
        }
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the camera closed the connection");
            }
            if (text.length() > LONGEST_LINE) {
                throw new ConnectionException(Reason.UNREADABLE, "its answer is broken: a chunk without a size");
            }
            text.append((char) next);
        }
        return text.toString().stripTrailing();
    }
}
