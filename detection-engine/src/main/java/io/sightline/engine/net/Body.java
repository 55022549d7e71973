package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an HTTP answer: of a known length, in chunks, or up to the end of the connection. One thread. After a
 * timeout it goes on where it was.
 */
final class Body extends InputStream {
    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final int LONGEST_LINE = 1024;

    static final Body NONE = new Body(InputStream.nullInputStream(), false, 0);

    private final InputStream in;
    private final boolean chunked;
    private final boolean toTheEnd;
    private long left;
    private boolean ended;
    private Awaited awaited = Awaited.SIZE;
    private final StringBuilder line = new StringBuilder();

    /** Which line of a chunked body comes next. */
    private enum Awaited {
        SIZE,
        END_OF_CHUNK,
        TRAILER
    }

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
        while (!ended && chunked && left == 0) {
            take(line());
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

    private void take(String text) throws ConnectionException {
        switch (awaited) {
            case SIZE -> {
                left = size(text.split(";", 2)[0].strip());
                awaited = left == 0 ? Awaited.TRAILER : Awaited.END_OF_CHUNK;
            }
            case END_OF_CHUNK -> awaited = Awaited.SIZE;
            case TRAILER -> ended = text.isEmpty();
        }
    }

    private static long size(String text) throws ConnectionException {
        if (!text.matches("[0-9A-Fa-f]{1,8}")) {
            throw new ConnectionException(Reason.UNREADABLE, "its answer is broken: a chunk without a size");
        }
        return Long.parseLong(text, 16);
    }

    private String line() throws IOException {
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the camera closed the connection");
            }
            if (line.length() > LONGEST_LINE) {
                throw new ConnectionException(Reason.UNREADABLE, "its answer is broken: a chunk without a size");
            }
            line.append((char) next);
        }
        String text = line.toString().stripTrailing();
        line.setLength(0);
        return text;
    }
}
