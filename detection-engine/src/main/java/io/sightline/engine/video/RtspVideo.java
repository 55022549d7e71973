package io.sightline.engine.video;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.ConnectionException;
import io.sightline.engine.net.Dialer;
import io.sightline.engine.net.RtspRelay;
import io.sightline.engine.net.RtspTarget;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings.Scheme;
import io.sightline.engine.video.VideoSettings.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * Opens RTSP cameras. Plain TCP goes from FFmpeg straight to the address that was checked; everything else by way of a
 * {@link RtspRelay}.
 */
final class RtspVideo {
    private static final int PORT = 554;

    private RtspVideo() {}

    static VideoSource open(VideoSettings settings, Clock clock, AddressGuard guard) throws VideoException {
        boolean plain = settings.scheme() == Scheme.RTSP && settings.transport() == Transport.TCP;
        return plain ? direct(settings, clock, guard) : relayed(settings, clock, guard);
    }

    private static VideoSource direct(VideoSettings settings, Clock clock, AddressGuard guard) throws VideoException {
        List<InetAddress> addresses = addresses(settings, guard);
        for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return FfmpegVideo.open(settings, RtspAddress.of(settings, address), clock);
            } catch (VideoException e) {
                if (e.reason() != Cause.UNREACHABLE) {
                    throw e;
                }
            }
        }
        InetAddress last = addresses.get(addresses.size() - 1);
        return FfmpegVideo.open(settings, RtspAddress.of(settings, last), clock);
    }

    private static List<InetAddress> addresses(VideoSettings settings, AddressGuard guard) throws VideoException {
        URI uri = URI.create(settings.address());
        try {
            return guard.check(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort());
        } catch (ConnectionException e) {
            throw NetworkErrors.of(settings, e);
        }
    }

    private static VideoSource relayed(VideoSettings settings, Clock clock, AddressGuard guard) throws VideoException {
        long deadline = System.nanoTime() + settings.silenceLimit().toNanos();
        var dialer = new Dialer(guard, settings.access().tls());
        var target = new RtspTarget(
                settings.address(), NetworkErrors.credentials(settings), settings.transport() == Transport.HTTP);
        String name = "relay-" + settings.name().replaceFirst("^camera ", "");
        try {
            return FfmpegVideo.open(settings, RtspRelay.open(target, dialer, name, deadline), clock);
        } catch (IOException e) {
            throw NetworkErrors.of(settings, e);
        }
    }
}
