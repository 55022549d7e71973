package io.sightline.engine.video;

import io.sightline.engine.video.IncomingImages.Image;
import io.sightline.engine.video.VideoException.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The images that come into a folder, each once, of any size. One that was given counts as looked at when the next one
 * is asked for; what cannot be read is counted, and passed over for good.
 */
final class WatchedFolder implements VideoSource {
    private static final Duration LOOK_UP = Duration.ofMillis(250);
    private static final String DONE = "done";
    private static final String BROKEN = "broken";
    private static final int MOST_NAMESAKES = 10_000;

    /** Pictures of their own: whoever wants few pictures a second still wants each of these. */
    private static final Duration STEP = Duration.ofMinutes(1);

    private final VideoSettings settings;
    private final FolderAddress address;
    private final Clock clock;
    private final SeenImages seen;
    private final IncomingImages incoming;
    private final I420Copy copy = new I420Copy();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable FfmpegInput current;
    private @Nullable Image given;
    private Duration mediaTime = Duration.ZERO;
    private long broken;
    private boolean freed;

    private WatchedFolder(VideoSettings settings, FolderAddress address, Clock clock) throws IOException {
        this.settings = settings;
        this.address = address;
        this.clock = clock;
        this.seen = new SeenImages(address.memory());
        this.incoming = new IncomingImages(address.folder(), seen);
    }

    static WatchedFolder open(VideoSettings settings, Clock clock) throws VideoException {
        FolderAddress address = FolderAddress.parse(settings.address());
        Path folder = address.folder();
        if (!Files.isDirectory(folder)) {
            throw problem(settings, Cause.NOT_FOUND, "no such folder");
        }
        if (!Files.isReadable(folder) || address.move() && !Files.isWritable(folder)) {
            String missing = Files.isReadable(folder) ? "write to it, which moving images takes" : "read it";
            throw problem(
                    settings, Cause.UNREADABLE, "user '" + System.getProperty("user.name") + "' may not " + missing);
        }
        try {
            return new WatchedFolder(settings, address, clock);
        } catch (IOException e) {
            throw problem(settings, Cause.UNREADABLE, "what was looked at cannot be remembered: " + e.getMessage());
        }
    }

    private static VideoException problem(VideoSettings settings, Cause cause, String what) {
        return FfmpegErrors.problem(settings, cause, settings.shownAddress() + ": " + what);
    }

    /** Of no size: each image has its own. */
    @Override
    public StreamInfo stream() {
        return new StreamInfo("images", 0, 0, 0, 0);
    }

    @Override
    public long broken() {
        return broken;
    }

    @Override
    public synchronized Optional<Picture> next(Duration patience) throws VideoException {
        long deadline = System.nanoTime() + patience.toNanos();
        refuseIfClosed();
        try {
            finishGiven();
            while (true) {
                Optional<Image> image = incoming.next(System.nanoTime(), clock.instant());
                if (image.isPresent() && load(image.get())) {
                    return Optional.of(new Loaded(image.get(), mediaTime));
                }
                if (image.isEmpty() && !waited(deadline)) {
                    refuseIfClosed();
                    return Optional.empty();
                }
            }
        } catch (IOException e) {
            throw problem(settings, Cause.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    /** @return false if the deadline is over, the thread was interrupted (and still is), or this was closed */
    private boolean waited(long deadline) {
        long left = Math.min(deadline - System.nanoTime(), LOOK_UP.toNanos());
        if (left <= 0) {
            return false;
        }
        try {
            return !closed.await(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean load(Image image) throws IOException {
        closeCurrent();
        current = ImageFile.open(settings, image.file(), this::isClosed);
        if (current == null) {
            if (!isClosed() && !Thread.currentThread().isInterrupted()) { // else nobody knows whether it can be read
                broken++;
                finish(image, BROKEN);
            }
            return false;
        }
        given = image;
        mediaTime = mediaTime.plus(STEP);
        return true;
    }

    private void finishGiven() throws IOException {
        Image done = given;
        given = null;
        if (done != null) {
            finish(done, DONE);
        }
    }

    private void finish(Image image, String to) throws IOException {
        seen.add(image.name(), image.stamp());
        if (address.move()) {
            move(image.file(), Files.createDirectories(address.folder().resolve(to)));
        }
    }

    private static void move(Path file, Path to) throws IOException {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        Path target = to.resolve(name);
        for (int i = 1; Files.exists(target) && i < MOST_NAMESAKES; i++) {
            target = to.resolve(name.substring(0, dot) + "-" + i + name.substring(dot));
        }
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(file, target);
        } catch (NoSuchFileException gone) {
            // somebody else has taken it away
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void refuseIfClosed() throws VideoException {
        if (isClosed()) {
            throw FfmpegErrors.problem(settings, Cause.LOST, settings.shownAddress() + " was closed");
        }
    }

    private void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            if (!freed) {
                freed = true;
                closeCurrent();
                copy.close();
            }
        }
    }

    private final class Loaded implements Picture {
        private final Duration at;
        private final Instant capturedAt;
        private final int width;
        private final int height;

        private Loaded(Image image, Duration at) {
            this.at = at;
            Instant now = clock.instant();
            Instant written = Instant.ofEpochMilli(image.stamp().modified());
            this.capturedAt = written.isAfter(now) ? now : written;
            this.width = input().frame().width();
            this.height = input().frame().height();
        }

        private FfmpegInput input() {
            FfmpegInput input = current;
            if (input == null) {
                throw new IllegalStateException(settings.name() + ": the source of this picture was closed");
            }
            return input;
        }

        /** When the image was written. */
        @Override
        public Instant capturedAt() {
            return capturedAt;
        }

        @Override
        public Duration mediaTime() {
            return at;
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
            synchronized (WatchedFolder.this) {
                copy.copy(input().frame(), i420);
            }
        }
    }
}
