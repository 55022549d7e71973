package io.sightline.engine.video;

import io.sightline.engine.net.ConnectionException;
import io.sightline.engine.net.Credentials;
import io.sightline.engine.net.RtspRelay;
import io.sightline.engine.video.VideoException.Cause;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What trouble with a connection of our own means to an operator. */
final class NetworkErrors {
    private NetworkErrors() {}

    /** A failure to open. */
    static VideoException of(VideoSettings settings, IOException failure) {
        String shown = settings.shownAddress();
        if (failure instanceof ConnectionException known) {
            return of(settings, known);
        } else if (failure instanceof SocketTimeoutException) {
            String sentence =
                    shown + ": no answer for " + settings.silenceLimit().toMillis() + " ms";
            return FfmpegErrors.problem(settings, Cause.SILENT, sentence);
        } else if (failure instanceof ClosedByInterruptException) {
            return FfmpegErrors.problem(settings, Cause.LOST, shown + ": opening was interrupted");
        }
        return FfmpegErrors.problem(settings, Cause.LOST, shown + ": connection lost");
    }

    static VideoException of(VideoSettings settings, ConnectionException known) {
        Cause cause = Cause.valueOf(known.reason().name());
        String sentence = settings.shownAddress() + ": " + known.getMessage();
        if (cause == Cause.UNAUTHORIZED) {
            sentence = settings.shownAddress()
                    + (settings.login().isPresent()
                            ? " refused user name or password"
                            : " asks for a login, give username and password");
        } else if (cause == Cause.SILENT) {
            sentence = settings.shownAddress() + ": no answer for "
                    + settings.silenceLimit().toMillis() + " ms";
        }
        return FfmpegErrors.problem(settings, cause, sentence);
    }

    /** The relay's own reason, where it has one, instead of what FFmpeg made of it. */
    static VideoException better(VideoSettings settings, @Nullable RtspRelay relay, VideoException seen) {
        Optional<ConnectionException> trouble = relay == null ? Optional.empty() : relay.trouble();
        return trouble.map(known -> of(settings, known)).orElse(seen);
    }

    static Optional<Credentials> credentials(VideoSettings settings) {
        return settings.login().map(login -> new Credentials(login.username(), login.password()));
    }
}
