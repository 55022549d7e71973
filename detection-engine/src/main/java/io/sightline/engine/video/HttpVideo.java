package io.sightline.engine.video;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.CameraHttp;
import io.sightline.engine.net.ConnectionException;
import io.sightline.engine.net.Dialer;
import io.sightline.engine.video.VideoException.Cause;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A camera that gives JPEGs over HTTP, as one endless answer (MJPEG) or one by one (snapshots); the type of its answer
 * tells which. A picture's time is that of its arrival. Closed as {@link FfmpegVideo} is.
 */
final class HttpVideo implements VideoSource {
    private static final int MOST_BROKEN_IN_A_ROW = 100;

    private final VideoSettings settings;
    private final Clock clock;
    private final CameraHttp camera;
    private final HttpPictures pictures;
    private final CountDownLatch closing;
    private final JpegDecoder decoder = new JpegDecoder();
    private final I420Copy copy = new I420Copy();
    private final Arrived picture = new Arrived();
    private final ReentrantLock inside = new ReentrantLock();
    private final StreamInfo info;
    private final long startNanos;
    private int width;
    private int height;
    private boolean pending;
    private boolean freed;
    private volatile long undecodable;

    private HttpVideo(VideoSettings settings, Clock clock, Opened opened, long deadline) throws VideoException {
        this.settings = settings;
        this.clock = clock;
        this.camera = opened.camera();
        this.pictures = opened.pictures();
        this.closing = opened.closing();
        this.startNanos = System.nanoTime();
        try {
            if (!decodeNext(deadline)) {
                throw problem(
                        Cause.SILENT,
                        "no picture for " + settings.silenceLimit().toMillis() + " ms");
            }
            AVFrame first = decoder.frame();
            this.width = first.width();
            this.height = first.height();
            this.info = new StreamInfo("mjpeg", width, height, pictures.rate(), 0);
            this.pending = true;
        } catch (VideoException | RuntimeException | Error e) {
            free();
            throw e;
        }
    }

    private record Opened(CameraHttp camera, HttpPictures pictures, CountDownLatch closing) {}

    /** Connects and waits for the first picture, at most for the settings' silence limit. */
    static HttpVideo open(VideoSettings settings, Clock clock, AddressGuard guard) throws VideoException {
        long deadline = System.nanoTime() + settings.silenceLimit().toNanos();
        var dialer = new Dialer(guard, settings.access().tls());
        var camera = new CameraHttp(dialer, URI.create(settings.address()), NetworkErrors.credentials(settings));
        var closing = new CountDownLatch(1);
        try {
            var pictures = HttpPictures.open(camera, settings.access().picturesPerSecond(), closing, deadline);
            return new HttpVideo(settings, clock, new Opened(camera, pictures, closing), deadline);
        } catch (IOException e) {
            camera.close();
            throw NetworkErrors.of(settings, e);
        } catch (VideoException | RuntimeException | Error e) {
            camera.close();
            throw e;
        }
    }

    @Override
    public StreamInfo stream() {
        return info;
    }

    @Override
    public long broken() {
        return pictures.broken() + undecodable;
    }

    @Override
    public Optional<Picture> next(Duration patience) throws VideoException {
        inside.lock();
        try {
            refuseIfClosed();
            boolean there = pending || decodeNext(System.nanoTime() + patience.toNanos());
            pending = false;
            refuseIfClosed();
            return there ? Optional.of(picture) : Optional.empty();
        } finally {
            inside.unlock();
            if (isClosed()) {
                close();
            }
        }
    }

    private boolean decodeNext(long deadline) throws VideoException {
        for (int tries = 0; tries < MOST_BROKEN_IN_A_ROW; tries++) {
            Optional<HttpPictures.Jpeg> next = arrived(deadline);
            if (next.isEmpty()) {
                return false;
            }
            HttpPictures.Jpeg jpeg = next.get();
            if (!jpeg.fresh() || decoder.decode(jpeg.bytes(), jpeg.from(), jpeg.length())) {
                refuseIfChanged();
                picture.stamp();
                return true;
            }
            undecodable++;
        }
        throw problem(Cause.UNREADABLE, "not one of " + MOST_BROKEN_IN_A_ROW + " pictures could be decoded");
    }

    private Optional<HttpPictures.Jpeg> arrived(long deadline) throws VideoException {
        try {
            return pictures.next(deadline);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            refuseIfClosed();
            throw e instanceof ConnectionException known
                    ? NetworkErrors.of(settings, known)
                    : problem(Cause.LOST, "connection lost");
        }
    }

    private void refuseIfChanged() throws VideoException {
        AVFrame frame = decoder.frame();
        boolean changed = frame.width() != width || frame.height() != height;
        if (width > 0 && changed) {
            throw problem(
                    Cause.FORMAT_CHANGED,
                    "pictures changed from " + width + "x" + height + " to " + frame.width() + "x" + frame.height());
        }
    }

    private void refuseIfClosed() throws VideoException {
        if (isClosed()) {
            throw FfmpegErrors.problem(settings, Cause.LOST, settings.shownAddress() + " was closed");
        }
    }

    private VideoException problem(Cause cause, String sentence) {
        return FfmpegErrors.problem(settings, cause, settings.shownAddress() + ": " + sentence);
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        camera.close();
        if (inside.tryLock()) {
            try {
                free();
            } finally {
                inside.unlock();
            }
        }
    }

    private void free() {
        if (!freed) {
            freed = true;
            copy.close();
            decoder.close();
        }
    }

    private final class Arrived implements Picture {
        private Duration mediaTime = Duration.ZERO;
        private Instant capturedAt = Instant.EPOCH;

        void stamp() {
            mediaTime = Duration.ofNanos(System.nanoTime() - startNanos);
            capturedAt = clock.instant();
        }

        @Override
        public Instant capturedAt() {
            return capturedAt;
        }

        @Override
        public Duration mediaTime() {
            return mediaTime;
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public int height() {
            return height;
        }

        @Override
        public void copyTo(ByteBuffer i420) {
            inside.lock();
            try {
                if (freed || isClosed()) {
                    throw new IllegalStateException(settings.name() + ": the source of this picture was closed");
                }
                copy.copy(decoder.frame(), i420);
            } finally {
                inside.unlock();
                if (isClosed()) {
                    close();
                }
            }
        }
    }
}
