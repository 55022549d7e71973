package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.net.ConnectionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegSplitterTest {
    private static final byte[] FIRST = TestFrames.jpeg(64, 48, 40);
    private static final byte[] SECOND = TestFrames.jpeg(80, 64, 200);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n",
                "--frame\r\nContent-Type: image/jpeg\r\n\r\n",
                "--frame\nContent-Length: 7\n\n",
                "Content-Length: 4294967295\r\n\r\n",
                "--\r\n\r\n\r\n",
                ""
            })
    void shouldFindPicturesWhateverStandsBetweenThem(String between) throws Exception {
        assertThat(split(between.getBytes(StandardCharsets.ISO_8859_1), FIRST, new byte[] {0, 0, 13, 10}, SECOND))
                .containsExactly(FIRST, SECOND);
    }

    @Test
    void shouldNotTakeThePictureInsideAPictureForOne() throws Exception {
        // Given: a preview in a segment of the application's own
        var out = new ByteArrayOutputStream();
        out.write(FIRST, 0, 2);
        out.write(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (SECOND.length + 2 >> 8), (byte) (SECOND.length + 2)});
        out.write(SECOND);
        out.write(FIRST, 2, FIRST.length - 2);

        // Then
        assertThat(split(out.toByteArray())).containsExactly(out.toByteArray());
    }

    @Test
    void shouldCountAPictureThatBreaksOffAndGoOnWithTheNext() throws Exception {
        // Given
        byte[] cut = Arrays.copyOf(FIRST, FIRST.length - 3);
        byte[] between = "\r\n--frame\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        var splitter = new JpegSplitter(new ByteArrayInputStream(joined(cut, between, SECOND)));

        // When
        splitter.next();

        // Then
        assertThat(picture(splitter)).isEqualTo(SECOND);
        assertThat(splitter.broken()).isPositive();
    }

    @Test
    void shouldGoOnAfterATimeoutWhereItWas() throws Exception {
        // Given
        var dripping = new DrippingStream(joined(FIRST, SECOND));
        var splitter = new JpegSplitter(dripping);
        var found = new ArrayList<byte[]>();

        // When
        while (found.size() < 2) {
            try {
                splitter.next();
                found.add(picture(splitter));
            } catch (SocketTimeoutException e) {
                assertThat(dripping.timeouts).isPositive();
            }
        }

        // Then
        assertThat(found).containsExactly(FIRST, SECOND);
    }

    @Test
    void shouldRefuseAPictureWithoutAnEnd() {
        byte[] start = Arrays.copyOf(FIRST, FIRST.length - 2);
        var splitter = new JpegSplitter(new EndlessStream(start, (byte) 7));

        assertThatThrownBy(splitter::next)
                .isInstanceOf(ConnectionException.class)
                .hasMessage("sends a picture of more than 16 MiB");
    }

    @Test
    void shouldRefuseAStreamWithoutPictures() {
        var splitter = new JpegSplitter(new EndlessStream(new byte[0], (byte) 0xff));

        assertThatThrownBy(splitter::next)
                .isInstanceOf(ConnectionException.class)
                .hasMessage("sends data without pictures");
    }

    private static List<byte[]> split(byte[]... parts) throws IOException {
        var splitter = new JpegSplitter(new ByteArrayInputStream(joined(parts)));
        var found = new ArrayList<byte[]>();
        while (true) {
            try {
                splitter.next();
                found.add(picture(splitter));
            } catch (EOFException e) {
                return found;
            }
        }
    }

    private static byte[] picture(JpegSplitter splitter) {
        return Arrays.copyOfRange(splitter.bytes(), splitter.from(), splitter.from() + splitter.length());
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Gives a few bytes, then nothing for once. */
    private static final class DrippingStream extends InputStream {
        private final InputStream in;
        private boolean dry;
        private int timeouts;

        private DrippingStream(byte[] bytes) {
            this.in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            dry = !dry;
            if (dry) {
                timeouts++;
                throw new SocketTimeoutException();
            }
            return in.read(target, offset, Math.min(length, 37));
        }
    }

    private static final class EndlessStream extends InputStream {
        private final byte[] start;
        private final byte rest;
        private int at;

        private EndlessStream(byte[] start, byte rest) {
            this.start = start;
            this.rest = rest;
        }

        @Override
        public int read() {
            return (at < start.length ? start[at++] : rest) & 0xff;
        }
    }
}
