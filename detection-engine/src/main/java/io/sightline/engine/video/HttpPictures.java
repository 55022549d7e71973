package io.sightline.engine.video;

import io.sightline.engine.net.CameraHttp;
import io.sightline.engine.net.ConnectionException;
import io.sightline.engine.net.ConnectionException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The JPEGs of an HTTP camera as they come, of whichever kind the camera is. One thread; close from any. */
sealed interface HttpPictures {
    List<String> STREAMS = List.of("multipart/", "video/x-motion-jpeg", "video/x-mjpeg", "video/mjpeg");

    /** A picture within a larger array, valid until the next is asked for. @param fresh false: the one before again */
    record Jpeg(byte[] bytes, int from, int length, boolean fresh) {}

    /** @return empty if none came before the deadline, or the thread was interrupted */
    Optional<Jpeg> next(long deadlineNanos) throws IOException;

    /** Pictures that did not come whole. */
    long broken();

    /** Pictures per second that are asked for, 0 where the camera decides. */
    double rate();

    /**
     * Asks the camera, and takes its answer's kind for what it is.
     *
     * @param rate pictures per second that are wanted
     * @param closing ends the wait between two polls
     */
    static HttpPictures open(CameraHttp camera, double rate, CountDownLatch closing, long deadlineNanos)
            throws IOException {
        CameraHttp.Answer answer = checked(camera.get(Map.of(), deadlineNanos));
        String type = answer.type().orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (STREAMS.stream().anyMatch(type::startsWith)) {
            return new Stream(camera, new JpegSplitter(answer.body()));
        } else if (type.equals("image/jpeg") || type.equals("image/jpg")) {
            return new Snapshots(camera, rate, closing, answer);
        }
        boolean showable = type.length() <= 80 && type.matches("[a-z0-9/.+-]+");
        throw new ConnectionException(
                Reason.UNREADABLE,
                "the answer is " + (showable ? type : "of an unknown type")
                        + ", allowed are multipart/x-mixed-replace and image/jpeg");
    }

    private static CameraHttp.Answer checked(CameraHttp.Answer answer) throws ConnectionException {
        int status = answer.status();
        switch (status) {
            case 200, 304 -> {
                return answer;
            }
            case 401, 403 -> throw new ConnectionException(Reason.UNAUTHORIZED, "refuses (" + status + ")");
            case 404, 410 -> throw new ConnectionException(Reason.NOT_FOUND, "the server has no such picture");
            default -> throw new ConnectionException(Reason.UNREACHABLE, "answers with status " + status);
        }
    }

    /** One answer without an end, full of pictures. */
    record Stream(CameraHttp camera, JpegSplitter splitter) implements HttpPictures {
        @Override
        public Optional<Jpeg> next(long deadlineNanos) throws IOException {
            camera.readUntil(deadlineNanos);
            try {
                splitter.next();
                return Optional.of(new Jpeg(splitter.bytes(), splitter.from(), splitter.length(), true));
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
        }

        @Override
        public long broken() {
            return splitter.broken();
        }

        @Override
        public double rate() {
            return 0;
        }
    }

    /**
     * One answer per picture, asked for with the validators of the one before: what has not changed is not sent again,
     * and is given again once a second, as a sign of life. A camera that takes longer than the wanted rate allows is
     * asked less often, and always left a fifth of the time in peace.
     */
    final class Snapshots implements HttpPictures {
        private static final long SIGN_OF_LIFE_NANOS = 1_000_000_000L;
        private static final int PART = 16 << 10;

        private final CameraHttp camera;
        private final double rate;
        private final CountDownLatch closing;
        private final long intervalNanos;
        private CameraHttp.Answer answer;
        private boolean waiting = true;
        private long askedNanos;
        private long dueNanos;
        private long givenNanos;
        private byte[] last = new byte[0];
        private final byte[] part = new byte[PART];
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

        private Snapshots(CameraHttp camera, double rate, CountDownLatch closing, CameraHttp.Answer first) {
            this.camera = camera;
            this.rate = rate;
            this.closing = closing;
            this.intervalNanos = (long) (1e9 / rate);
            this.answer = first;
            this.askedNanos = System.nanoTime();
        }

        @Override
        public Optional<Jpeg> next(long deadlineNanos) throws IOException {
            while (true) {
                try {
                    if (!waiting && !ask(deadlineNanos)) {
                        return Optional.empty();
                    }
                    boolean fresh = answer.status() == 200;
                    take(deadlineNanos);
                    long now = System.nanoTime();
                    if (fresh || now - givenNanos >= SIGN_OF_LIFE_NANOS) {
                        givenNanos = now;
                        return Optional.of(new Jpeg(last, 0, last.length, fresh));
                    }
                } catch (SocketTimeoutException e) {
                    return Optional.empty();
                }
            }
        }

        /** @return false if it is not time yet at the deadline */
        private boolean ask(long deadlineNanos) throws IOException {
            long wait = dueNanos - System.nanoTime();
            long patience = deadlineNanos - System.nanoTime();
            try {
                if (closing.await(Math.max(0, Math.min(wait, patience)), TimeUnit.NANOSECONDS)) {
                    throw new EOFException("closed");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (wait > patience) {
                return false;
            }
            askedNanos = System.nanoTime();
            answer = checked(camera.get(last.length == 0 ? Map.of() : answer.validators(), deadlineNanos));
            waiting = true;
            return true;
        }

        /** A camera may take longer for a picture than whoever asks has patience: what has come of it is kept. */
        private void readOn(InputStream body) throws IOException {
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                arrived.write(part, 0, read);
                if (arrived.size() > JpegSplitter.LARGEST) {
                    throw new ConnectionException(
                            Reason.UNREADABLE, "sends a picture of more than " + (JpegSplitter.LARGEST >> 20) + " MiB");
                }
            }
        }

        /** Reads the picture that waits in the answer, where there is one. */
        private void take(long deadlineNanos) throws IOException {
            camera.readUntil(deadlineNanos);
            if (answer.status() == 200) {
                readOn(answer.body());
                last = arrived.toByteArray();
                arrived.reset();
            } else if (last.length == 0) {
                throw new ConnectionException(Reason.UNREADABLE, "tells of no change before the first picture");
            }
            waiting = false;
            long now = System.nanoTime();
            dueNanos = Math.max(askedNanos + intervalNanos, now + (now - askedNanos) / 4);
        }

        @Override
        public long broken() {
            return 0;
        }

        @Override
        public double rate() {
            return rate;
        }
    }
}
