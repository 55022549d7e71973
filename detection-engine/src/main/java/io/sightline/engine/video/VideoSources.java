package io.sightline.engine.video;

import io.sightline.engine.video.VideoException.Cause;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Opens the kind of source that an address names. */
public final class VideoSources {
    private VideoSources() {}

    /**
     * Opens a source. Blocks until it is open, at most about the settings' silence limit; interrupting the thread ends
     * the wait.
     *
     * @param clock the hub's clock, for the time of capture
     * @throws VideoException if there is nothing to be read, with the reason
     */
    public static VideoSource open(VideoSettings settings, Clock clock) throws VideoException {
        return switch (settings.scheme()) {
            case DEMO -> new DemoVideo(settings, clock);
            case FILE -> openFile(settings, clock);
            case FOLDER -> WatchedFolder.open(settings, clock);
            case V4L2 -> FfmpegVideo.open(settings, UsbInput.locate(settings), clock);
            case RTSP, RTSPS -> FfmpegVideo.open(settings, RtspAddress.withLogin(settings), clock);
        };
    }

    /**
     * Whether a camera is there at all, without opening it.
     *
     * @return why it is not, for people; empty if it is, and of sources that can only be tried
     */
    public static Optional<String> unreachable(VideoSettings settings) {
        return settings.scheme() == VideoSettings.Scheme.V4L2 ? UsbInput.absence(settings) : Optional.empty();
    }

    private static VideoSource openFile(VideoSettings settings, Clock clock) throws VideoException {
        Path path = path(settings);
        if (Files.isDirectory(path)) {
            return ImageFolder.open(settings, path, clock);
        }
        if (!Files.exists(path)) {
            throw FfmpegErrors.problem(settings, Cause.NOT_FOUND, settings.shownAddress() + ": no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw FfmpegErrors.problem(
                    settings, Cause.UNREADABLE, settings.shownAddress() + " is neither a file nor a folder");
        }
        return FfmpegVideo.open(settings, "file:" + path, clock);
    }

    private static Path path(VideoSettings settings) throws VideoException {
        String address = settings.address();
        try {
            return address.startsWith("file://")
                    ? Path.of(URI.create(address))
                    : Path.of(address.substring("file:".length()));
        } catch (IllegalArgumentException e) {
            throw FfmpegErrors.problem(
                    settings,
                    Cause.NOT_FOUND,
                    "'" + address + "' is no path, give for example file:videos/gate.mp4 or file:///srv/gate.mp4");
        }
    }
}
