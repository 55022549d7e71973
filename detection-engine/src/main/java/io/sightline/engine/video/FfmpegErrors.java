package io.sightline.engine.video;

import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EACCES;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EINVAL;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EIO;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOENT;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOMEM;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EPERM;

import io.sightline.engine.video.VideoException.Cause;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What FFmpeg's error numbers mean to an operator. */
final class FfmpegErrors {
    /** Values of POSIX systems, macOS and Windows; the bindings do not carry this one. */
    private static final int[] TIMED_OUT = {-110, -60, -138, -10060};

    private FfmpegErrors() {}

    /** A failure of a call that had a limit. @param code negative, as FFmpeg returned it */
    static VideoException failure(VideoSettings settings, int code, BlockedCalls.Limit limit) {
        boolean live = settings.scheme().live();
        String shown = settings.shownAddress();
        if (live && (isTimeout(code) || limit.expired())) {
            return problem(
                    settings,
                    Cause.SILENT,
                    shown + ": no answer for " + settings.silenceLimit().toMillis() + " ms");
        }
        if (live && settings.scheme() != VideoSettings.Scheme.V4L2 && code == AVERROR_EINVAL()) {
            return problem(
                    settings,
                    Cause.REDIRECTED,
                    shown + ": sends on to another address, which is not followed: give that instead");
        }
        if (limit.reached()) {
            return problem(settings, Cause.LOST, shown + ": opening was interrupted");
        }
        return opening(settings, code);
    }

    /** A source whose packets are no pictures. @param what follows its address */
    static VideoException unreadable(VideoSettings settings, String what) {
        return problem(settings, Cause.UNREADABLE, settings.shownAddress() + what);
    }

    private static boolean isTimeout(int code) {
        return Arrays.stream(TIMED_OUT).anyMatch(value -> value == code);
    }

    /** A failure to open. @param code negative, as FFmpeg returned it */
    static VideoException opening(VideoSettings settings, int code) {
        if (settings.scheme() == VideoSettings.Scheme.V4L2) {
            return UsbInput.opening(settings, code);
        }
        boolean live = settings.scheme().live();
        String shown = settings.shownAddress();
        if (code == AVERROR_HTTP_UNAUTHORIZED() || code == AVERROR_HTTP_FORBIDDEN()) {
            String advice = settings.login().isPresent()
                    ? "refused user name or password"
                    : "asks for a login, give username and password";
            return problem(settings, Cause.UNAUTHORIZED, shown + " " + advice);
        }
        if (code == AVERROR_HTTP_NOT_FOUND()) {
            return problem(settings, Cause.NOT_FOUND, shown + ": the server has no such stream");
        }
        if (code == AVERROR_ENOENT()) {
            return problem(settings, Cause.NOT_FOUND, shown + ": no such file");
        }
        if (!live && (code == AVERROR_EACCES() || code == AVERROR_EPERM())) {
            return problem(settings, Cause.UNREADABLE, shown + ": may not be read by this user");
        }
        if (live) {
            return problem(settings, liveCause(code), shown + ": " + liveWords(code));
        }
        return problem(settings, Cause.UNREADABLE, shown + " is no video that can be read: " + words(code));
    }

    /** A failure of a live source after it was open. */
    static VideoException reading(VideoSettings settings, int code, BlockedCalls.Limit limit) {
        return isTimeout(code) ? failure(settings, code, limit) : reading(settings, code);
    }

    /** A failure after the source was open. */
    static VideoException reading(VideoSettings settings, int code) {
        if (settings.scheme() == VideoSettings.Scheme.V4L2) {
            return UsbInput.lost(settings, code);
        }
        return settings.scheme().live()
                ? problem(settings, Cause.LOST, settings.shownAddress() + ": connection lost (" + words(code) + ")")
                : problem(settings, Cause.UNREADABLE, settings.shownAddress() + ": reading failed: " + words(code));
    }

    /** @param streams how many there are, of whatever kind */
    static VideoException noVideo(VideoSettings settings, int streams) {
        String count = streams == 1 ? "1 stream" : streams + " streams";
        return problem(
                settings,
                Cause.NO_VIDEO,
                settings.shownAddress() + " has no pictures (" + count + ", none of them video)");
    }

    static VideoException problem(VideoSettings settings, Cause cause, String sentence) {
        return new VideoException(cause, settings.name() + ": " + sentence);
    }

    private static Cause liveCause(int code) {
        if (code == AVERROR_INVALIDDATA() || code == AVERROR_DECODER_NOT_FOUND() || code == AVERROR_ENOMEM()) {
            return Cause.UNREADABLE;
        }
        return Cause.UNREACHABLE;
    }

    private static String liveWords(int code) {
        if (code == AVERROR_EIO()) {
            return "cannot be reached (unknown host, or the connection broke)";
        }
        return liveCause(code) == Cause.UNREADABLE
                ? "the answer is no video stream (" + words(code) + ")"
                : "cannot be reached (" + words(code) + ")";
    }

    static String words(int code) {
        byte[] text = new byte[128];
        av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }
}
