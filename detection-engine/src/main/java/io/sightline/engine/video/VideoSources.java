package io.sightline.engine.video;

import io.sightline.engine.video.VideoException.Cause;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
        return open(settings, clock, () -> {});
    }

    /**
     * As {@link #open(VideoSettings, Clock)}.
     *
     * @param connected told on the calling thread once a server has agreed to play, before the first picture is there;
     *     not told of sources without a server
     */
    public static VideoSource open(VideoSettings settings, Clock clock, Runnable connected) throws VideoException {
        return switch (settings.scheme()) {
            case DEMO -> new DemoVideo(settings, clock);
            case FILE -> openFile(settings, clock);
            case RTSP, RTSPS -> FfmpegVideo.open(settings, RtspAddress.withLogin(settings), clock, connected);
        };
    }

    /**
     * Whether somebody listens where a live source is: one TCP connection, closed at once. Interrupting the thread ends
     * the wait.
     *
     * @return why nobody can be reached, for people; empty if somebody listens, and of sources that are not live
     */
    public static Optional<String> unreachable(VideoSettings settings, Duration patience) {
        return settings.scheme().live() ? TcpProbe.problem(settings, patience) : Optional.empty();
    }

    /**
     * Asks an RTSP server which sound it offers beside its pictures, by a connection of its own on which nothing is
     * played. Blocks until it is told, at most about the settings' silence limit; interrupting the thread ends the wait.
     *
     * @return short name of its coding as FFmpeg has it; empty if the server offers no sound, and of other sources
     * @throws VideoException if the server cannot be asked
     */
    public static Optional<String> sound(VideoSettings settings) throws VideoException {
        return switch (settings.scheme()) {
            case RTSP, RTSPS -> SoundOffer.ask(settings, RtspAddress.withLogin(settings));
            case DEMO, FILE -> Optional.empty();
        };
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
        return FfmpegVideo.open(settings, "file:" + path, clock, () -> {});
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
