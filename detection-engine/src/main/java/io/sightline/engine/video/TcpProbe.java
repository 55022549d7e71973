package io.sightline.engine.video;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.ConnectionException;
import java.io.IOException;
import java.net.InetAddress;
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
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private TcpProbe() {}

    /** @return empty also where the guard says no: opening has a better word for that */
    static Optional<String> problem(VideoSettings settings, Duration patience, AddressGuard guard) {
        URI address = URI.create(settings.address());
        int port = address.getPort() > 0 ? address.getPort() : usualPort(settings);
        Optional<String> problem = Optional.empty();
        try {
            for (InetAddress host : guard.check(address.getHost(), port)) {
                problem = problem(new InetSocketAddress(host, port), patience);
                if (problem.isEmpty()) {
                    return problem;
                }
            }
        } catch (ConnectionException e) {
            return e.reason() == ConnectionException.Reason.UNREACHABLE
                    ? Optional.of(e.getMessage())
                    : Optional.empty();
        }
        return problem;
    }

    private static Optional<String> problem(InetSocketAddress target, Duration patience) {
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

    private static int usualPort(VideoSettings settings) {
        boolean tunnel = settings.transport() == VideoSettings.Transport.HTTP;
        return switch (settings.scheme()) {
            case HTTPS -> HTTPS_PORT;
            case HTTP -> HTTP_PORT;
            case RTSPS -> tunnel ? HTTPS_PORT : RTSPS_PORT;
            default -> tunnel ? HTTP_PORT : RTSP_PORT;
        };
    }
}
