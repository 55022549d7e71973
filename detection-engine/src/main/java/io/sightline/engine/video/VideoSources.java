package io.sightline.engine.video;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.packet.PacketDecoder;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.packet.StreamFormat;
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
     * Opens a source that a person has named, with that person's rights: any address may be connected to. Blocks until it is open, at most about the settings' silence limit; interrupting the thread ends
     * the wait.
     *
     * @param clock the hub's clock, for the time of capture
     * @throws VideoException if there is nothing to be read, with the reason
     */
    public static VideoSource open(VideoSettings settings, Clock clock) throws VideoException {
        return open(settings, clock, AddressGuard.open(), () -> {});
    }

    /**
     * As {@link #open(VideoSettings, Clock)}, for an address that a configuration or a program gives.
     *
     * @param guard which addresses on the network may be connected to; asked before each connection
     * @param connected told on the calling thread once a server has agreed to play, before the first picture is there;
     *     not told of sources without a server
     * @throws VideoException if there is nothing to be read, with the reason
     */
    public static VideoSource open(VideoSettings settings, Clock clock, AddressGuard guard, Runnable connected)
            throws VideoException {
        return switch (settings.scheme()) {
            case DEMO -> new DemoVideo(settings, clock);
            case FILE -> openFile(settings, clock);
            case FOLDER -> WatchedFolder.open(settings, clock);
            case V4L2 -> FfmpegVideo.open(settings, UsbInput.locate(settings), clock, connected);
            case HTTP, HTTPS -> HttpVideo.open(settings, clock, guard);
            case RTSP, RTSPS -> RtspVideo.open(settings, clock, guard, connected);
        };
    }

    /**
     * As {@link #open}, without decoding; a folder, the demo scene and single pictures over HTTP have no packets.
     *
     * @param guard as of {@link #open(VideoSettings, Clock, AddressGuard, Runnable)}
     * @param connected as of the same
     * @throws VideoException if there is nothing to be read, with the reason
     */
    public static PacketSource openPackets(VideoSettings settings, Clock clock, AddressGuard guard, Runnable connected)
            throws VideoException {
        return switch (settings.scheme()) {
            case FILE -> FfmpegPackets.open(settings, "file:" + videoFile(settings), clock, connected);
            case RTSP, RTSPS -> RtspVideo.openPackets(settings, clock, guard, connected);
            case DEMO, FOLDER, V4L2, HTTP, HTTPS ->
                throw FfmpegErrors.problem(settings, Cause.NO_VIDEO, settings.shownAddress() + " is no encoded video");
        };
    }

    /**
     * Whether a live source is there at all, without opening it: a USB camera by its name, others by one TCP connection,
     * closed at once, and none to an address that the guard refuses. Interrupting the thread ends the wait.
     *
     * @return why nobody can be reached, for people; empty if somebody is there, if only opening can tell, and of sources
     *     that are not live
     */
    public static Optional<String> unreachable(VideoSettings settings, Duration patience, AddressGuard guard) {
        if (settings.scheme() == VideoSettings.Scheme.V4L2) {
            return UsbInput.absence(settings);
        }
        return settings.scheme().live() ? TcpProbe.problem(settings, patience, guard) : Optional.empty();
    }

    /**
     * Asks an RTSP server which sound it offers beside its pictures, by a connection of its own on which nothing is
     * played. Blocks until it is told, at most about the settings' silence limit; interrupting the thread ends the wait.
     *
     * @return short name of its coding as FFmpeg has it; empty if the server offers no sound, and of other sources
     * @throws VideoException if the server cannot be asked
     */
    public static Optional<String> sound(VideoSettings settings, AddressGuard guard) throws VideoException {
        return switch (settings.scheme()) {
            case RTSP, RTSPS -> RtspVideo.sound(settings, guard);
            case DEMO, FILE, FOLDER, V4L2, HTTP, HTTPS -> Optional.empty();
        };
    }

    /**
     * A decoder for packets that were kept.
     *
     * @throws VideoException if there is none for that format
     */
    public static PacketDecoder decoder(StreamFormat format) throws VideoException {
        return FfmpegDecoder.open(format);
    }

    private static VideoSource openFile(VideoSettings settings, Clock clock) throws VideoException {
        Path path = path(settings);
        if (Files.isDirectory(path)) {
            return ImageFolder.open(settings, path, clock);
        }
        return FfmpegVideo.open(settings, "file:" + videoFile(settings), clock, () -> {});
    }

    private static Path videoFile(VideoSettings settings) throws VideoException {
        Path path = path(settings);
        if (!Files.exists(path)) {
            throw FfmpegErrors.problem(settings, Cause.NOT_FOUND, settings.shownAddress() + ": no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw FfmpegErrors.problem(
                    settings, Cause.UNREADABLE, settings.shownAddress() + " is neither a file nor a folder");
        }
        return path;
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
