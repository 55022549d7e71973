package io.sightline.engine.video;

import io.sightline.engine.video.VideoException.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of images as a video of 25 pictures per second, in the order of their names, each of its own size; what is
 * no readable image is skipped and counted.
 */
final class ImageFolder implements VideoSource {
    private static final double FRAMES_PER_SECOND = 25;

    private final VideoSettings settings;
    private final List<Path> images;
    private final Pace pace;
    private final I420Copy copy = new I420Copy();
    private final MediaTimeline timeline = new MediaTimeline(FRAMES_PER_SECOND);
    private final StreamInfo info;
    private @Nullable FfmpegInput current;
    private Duration mediaTime = Duration.ZERO;
    private boolean pending;
    private boolean freed;
    private int nextImage;
    private int readableThisRound;
    private long broken;

    private ImageFolder(VideoSettings settings, List<Path> images, Clock clock) throws VideoException {
        this.settings = settings;
        this.images = images;
        this.pace = new Pace(clock, settings.realtime());
        FfmpegInput first = loadNext();
        StreamInfo image = first.info();
        this.info = new StreamInfo(image.codec(), image.width(), image.height(), FRAMES_PER_SECOND, images.size());
        this.pending = true;
    }

    static ImageFolder open(VideoSettings settings, Path folder, Clock clock) throws VideoException {
        List<Path> images;
        try (Stream<Path> files = Files.list(folder)) {
            images = files.filter(ImageFolder::isImage)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (IOException e) {
            throw FfmpegErrors.problem(settings, Cause.UNREADABLE, settings.shownAddress() + ": cannot be listed");
        }
        if (images.isEmpty()) {
            throw FfmpegErrors.problem(
                    settings,
                    Cause.NO_VIDEO,
                    settings.shownAddress() + " holds no images (looked for "
                            + String.join(
                                    ", ", ImageFile.SUFFIXES.stream().sorted().toList()) + ")");
        }
        return new ImageFolder(settings, images, clock);
    }

    private static boolean isImage(Path file) {
        return ImageFile.hasImageName(file) && Files.isRegularFile(file);
    }

    @Override
    public StreamInfo stream() {
        return info;
    }

    @Override
    public long broken() {
        return broken;
    }

    /** Loads the next readable image, which becomes the current one. */
    private FfmpegInput loadNext() throws VideoException {
        while (true) {
            if (nextImage == images.size()) {
                startAgain();
            }
            FfmpegInput loaded = ImageFile.open(settings, images.get(nextImage++), pace::isClosed);
            if (loaded != null) {
                current = loaded;
                readableThisRound++;
                mediaTime = timeline.step();
                return loaded;
            }
            broken++;
        }
    }

    private void startAgain() throws VideoException {
        if (readableThisRound == 0) {
            throw FfmpegErrors.problem(
                    settings, Cause.UNREADABLE, settings.shownAddress() + ": none of its images can be read");
        }
        if (!settings.looping()) {
            throw new EndOfVideoException(settings.name() + ": " + settings.shownAddress() + " has ended");
        }
        nextImage = 0;
        readableThisRound = 0;
    }

    @Override
    public synchronized Optional<Picture> next(Duration patience) throws VideoException {
        refuseIfClosed();
        if (!pending) {
            closeCurrent();
            loadNext();
            pending = true;
        }
        boolean due = pace.due(mediaTime, System.nanoTime() + patience.toNanos());
        refuseIfClosed();
        if (!due) {
            return Optional.empty();
        }
        pending = false;
        return Optional.of(new Loaded(loaded().info(), mediaTime));
    }

    private FfmpegInput loaded() {
        if (current == null) {
            throw new IllegalStateException(settings.name() + ": the source of this picture was closed");
        }
        return current;
    }

    private void refuseIfClosed() throws VideoException {
        if (pace.isClosed()) {
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
        pace.close();
        synchronized (this) {
            if (!freed) {
                freed = true;
                closeCurrent();
                copy.close();
            }
        }
    }

    private final class Loaded implements Picture {
        private final StreamInfo image;
        private final Duration at;

        private Loaded(StreamInfo image, Duration at) {
            this.image = image;
            this.at = at;
        }

        @Override
        public Instant capturedAt() {
            return pace.capturedAt(at);
        }

        @Override
        public Duration mediaTime() {
            return at;
        }

        @Override
        public int width() {
            return image.width();
        }

        @Override
        public int height() {
            return image.height();
        }

        @Override
        public void copyTo(ByteBuffer i420) {
            synchronized (ImageFolder.this) {
                copy.copy(loaded().frame(), i420);
            }
        }
    }
}
