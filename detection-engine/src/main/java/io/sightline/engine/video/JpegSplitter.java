package io.sightline.engine.video;

import io.sightline.engine.net.ConnectionException;
import io.sightline.engine.net.ConnectionException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Finds the pictures in a stream of JPEGs by their own markers (ITU-T T.81, annex B), so that it does not matter what
 * stands between them: cameras give wrong lengths, none, or other boundaries than they announce. One thread. After a
 * timeout it goes on where it was.
 */
final class JpegSplitter {
    /** Bytes of one picture, at most. */
    static final int LARGEST = 16 << 20;

    private static final int MOST_SKIPPED = 32 << 20;
    private static final int FIRST_SIZE = 64 << 10;
    private static final int KEPT_SIZE = 1 << 20;

    private enum Place {
        BETWEEN,
        MARKER,
        SCAN
    }

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int start;
    private int at;
    private int end;
    private Place place = Place.BETWEEN;
    private long skipped;
    private long broken;

    JpegSplitter(InputStream in) {
        this.in = in;
    }

    /**
     * Reads up to the end of the next picture, which then lies in {@link #bytes} from {@link #from} on.
     *
     * @throws EOFException if the stream ends
     * @throws ConnectionException if what comes holds no pictures, or one without an end
     */
    void next() throws IOException {
        if (place == Place.BETWEEN && start < at) {
            start = at; // behind the picture before
        }
        boolean whole = false;
        while (!whole) {
            switch (place) {
                case BETWEEN -> seek();
                case MARKER -> whole = marker();
                case SCAN -> scan();
            }
        }
        skipped = 0;
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return start;
    }

    int length() {
        return at - start;
    }

    /** Pictures that did not come whole. */
    long broken() {
        return broken;
    }

    private void seek() throws IOException {
        need(3);
        if (is(0, 0xff) && is(1, 0xd8) && is(2, 0xff)) {
            start = at;
            at += 2;
            place = Place.MARKER;
            return;
        }
        at++;
        start = at;
        if (++skipped > MOST_SKIPPED) {
            throw new ConnectionException(Reason.UNREADABLE, "sends data without pictures");
        }
    }

    /** @return whether it was the end of the picture */
    private boolean marker() throws IOException {
        need(2);
        int code = buffer[at + 1] & 0xff;
        if (!is(0, 0xff) || code == 0) {
            lost();
        } else if (code == 0xff) {
            at++; // fill byte
        } else if (code == 0xd8) {
            lost();
        } else if (code == 0xd9) {
            at += 2;
            place = Place.BETWEEN;
            return true;
        } else if (code == 0x01 || code >= 0xd0 && code <= 0xd7) {
            at += 2;
        } else {
            segment(code);
        }
        return false;
    }

    private void segment(int code) throws IOException {
        need(4);
        int length = (buffer[at + 2] & 0xff) << 8 | buffer[at + 3] & 0xff;
        if (length < 2) {
            lost();
            return;
        }
        need(2 + length);
        at += 2 + length;
        place = code == 0xda ? Place.SCAN : Place.MARKER;
    }

    private void scan() throws IOException {
        need(2);
        while (at + 1 < end) {
            if (buffer[at] == (byte) 0xff) {
                int code = buffer[at + 1] & 0xff;
                boolean data = code == 0 || code >= 0xd0 && code <= 0xd7;
                if (!data) {
                    place = Place.MARKER;
                    return;
                }
                at++;
            }
            at++;
        }
    }

    /** The picture broke off: what comes now may be the next. */
    private void lost() {
        broken++;
        place = Place.BETWEEN;
        start = at;
    }

    private boolean is(int offset, int value) {
        return (buffer[at + offset] & 0xff) == value;
    }

    private void need(int count) throws IOException {
        while (end - at < count) {
            makeRoom();
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                throw new EOFException("the camera closed the connection");
            }
            end += read;
        }
    }

    private void makeRoom() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            at -= start;
            end -= start;
            start = 0;
            if (buffer.length > KEPT_SIZE && end < KEPT_SIZE / 2) {
                buffer = Arrays.copyOf(buffer, KEPT_SIZE);
            }
        }
        if (end == buffer.length) {
            if (end >= LARGEST) {
                throw new ConnectionException(
                        Reason.UNREADABLE, "sends a picture of more than " + (LARGEST >> 20) + " MiB");
            }
            buffer = Arrays.copyOf(buffer, Math.min(LARGEST, buffer.length * 2));
        }
    }
}
