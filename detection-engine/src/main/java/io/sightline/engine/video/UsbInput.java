package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;

import io.sightline.engine.usb.UsbAddress;
import io.sightline.engine.usb.UsbCameras;
import io.sightline.engine.usb.UsbException;
import io.sightline.engine.video.VideoException.Cause;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;

/** What {@link FfmpegInput} needs to read a USB camera with FFmpeg's device {@code video4linux2}. */
final class UsbInput {
    /** The driver is asked without waiting, because a wait inside it could not be ended: so late is a picture at most. */
    private static final long PAUSE_NANOS = 4_000_000;

    private static final int BUSY = -16;
    private static final int GONE = -19;

    private UsbInput() {}

    /** Where the camera is now, its controls set as asked for. */
    static String locate(VideoSettings settings) throws VideoException {
        try {
            return new UsbCameras().open(UsbAddress.parse(settings.address())).toString();
        } catch (UsbException e) {
            Cause cause = e.reason() == UsbException.Reason.NOT_FOUND ? Cause.NOT_FOUND : Cause.UNREADABLE;
            throw FfmpegErrors.problem(settings, cause, e.getMessage());
        } catch (LinkageError e) {
            throw unavailable(settings, e);
        }
    }

    /** Why the camera cannot be there; empty if it is plugged in. */
    static Optional<String> absence(VideoSettings settings) {
        UsbAddress address = UsbAddress.parse(settings.address());
        return new UsbCameras().isPluggedIn(address) ? Optional.empty() : Optional.of("is not plugged in");
    }

    /** The device's format; sets up the context for reading without waiting. */
    static AVInputFormat format(VideoSettings settings, AVFormatContext context) throws VideoException {
        try {
            avdevice_register_all();
        } catch (LinkageError e) {
            throw unavailable(settings, e);
        }
        AVInputFormat format = av_find_input_format("video4linux2");
        if (format == null) {
            throw FfmpegErrors.problem(
                    settings, Cause.UNREADABLE, "USB cameras are not in the FFmpeg of this build; they need Linux");
        }
        context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        return format;
    }

    private static VideoException unavailable(VideoSettings settings, LinkageError e) {
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return FfmpegErrors.problem(
                settings,
                Cause.UNREADABLE,
                "USB cameras need libraries that this machine lacks (" + why + "); on Debian and Ubuntu:"
                        + " apt-get install libasound2 libdrm2 libpulse0 libxcb-shm0");
    }

    static Map<String, String> options(VideoSettings settings) {
        return UsbAddress.parse(settings.address()).wishes().options();
    }

    /** Until the next picture may be there. */
    static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    static VideoException opening(VideoSettings settings, int code) {
        return code == BUSY
                ? FfmpegErrors.problem(
                        settings, Cause.UNREADABLE, settings.shownAddress() + " is in use by another program")
                : lost(settings, code);
    }

    static VideoException lost(VideoSettings settings, int code) {
        return code == GONE
                ? FfmpegErrors.problem(settings, Cause.LOST, settings.shownAddress() + " was unplugged")
                : FfmpegErrors.problem(
                        settings,
                        Cause.LOST,
                        settings.shownAddress() + " gives no pictures any more (" + FfmpegErrors.words(code) + ")");
    }
}
