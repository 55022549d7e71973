package io.sightline.engine.video;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Whether somebody listens at a camera's port. A channel is used because its wait ends when the thread is interrupted. */
final class TcpProbe {
    private static final int RTSP_PORT = 554;
    private static final int RTSPS_PORT = 322;

    private TcpProbe() {}

    static Optional<String> problem(VideoSettings settings, Duration patience) {
        URI address = URI.create(settings.address());
        int port = address.getPort() > 0 ? address.getPort() : usualPort(settings.scheme());
        var target = new InetSocketAddress(address.getHost(), port);
        if (target.isUnresolved()) {
            return Optional.of("cannot be reached (unknown host)");
        }
        try (var channel = SocketChannel.open()) {
            channel.socket().connect(target, Math.toIntExact(patience.toMillis()));
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of("cannot be reached (no answer for " + patience.toMillis() + " ms)");
        } catch (IOException e) {
            String why = e.getMessage() == null ? "the connection failed" : e.getMessage();
            return Optional.of("cannot be reached (" + why.toLowerCase(Locale.ROOT) + ")");
        }
    }

    private static int usualPort(VideoSettings.Scheme scheme) {
        return scheme == VideoSettings.Scheme.RTSPS ? RTSPS_PORT : RTSP_PORT;
    }
}
