package io.sightline.engine.video;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.ConnectionException;
import io.sightline.engine.net.Dialer;
import io.sightline.engine.net.RtspRelay;
import io.sightline.engine.net.RtspTarget;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings.Scheme;
import io.sightline.engine.video.VideoSettings.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Opens RTSP cameras. Plain TCP goes from FFmpeg straight to the address that was checked; everything else by way of a
 * {@link RtspRelay}.
 */
final class RtspVideo {
    private static final int PORT = 554;

    private RtspVideo() {}

    /** Opens what FFmpeg reads at an address. */
    @FunctionalInterface
    private interface Opener<T> {
        T open(String address) throws VideoException;
    }

    static VideoSource open(VideoSettings settings, Clock clock, AddressGuard guard, Runnable connected)
            throws VideoException {
        return isPlain(settings)
                ? direct(settings, guard, address -> FfmpegVideo.open(settings, address, clock, connected))
                : FfmpegVideo.open(settings, relay(settings, guard), clock, connected);
    }

    static Optional<String> sound(VideoSettings settings, AddressGuard guard) throws VideoException {
        if (isPlain(settings)) {
            return direct(settings, guard, address -> SoundOffer.ask(settings, address));
        }
        try (RtspRelay relay = relay(settings, guard)) {
            return SoundOffer.ask(settings, relay.address());
        }
    }

    static PacketSource openPackets(VideoSettings settings, Clock clock, AddressGuard guard, Runnable connected)
            throws VideoException {
        return isPlain(settings)
                ? direct(settings, guard, address -> FfmpegPackets.open(settings, address, clock, connected))
                : FfmpegPackets.open(settings, relay(settings, guard), clock, connected);
    }

    private static boolean isPlain(VideoSettings settings) {
        return settings.scheme() == Scheme.RTSP && settings.transport() == Transport.TCP;
    }

    private static <T> T direct(VideoSettings settings, AddressGuard guard, Opener<T> opener) throws VideoException {
        List<InetAddress> addresses = addresses(settings, guard);
        for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return opener.open(RtspAddress.of(settings, address));
            } catch (VideoException e) {
                if (e.reason() != Cause.UNREACHABLE) {
                    throw e;
                }
            }
        }
        InetAddress last = addresses.get(addresses.size() - 1);
        return opener.open(RtspAddress.of(settings, last));
    }

    private static List<InetAddress> addresses(VideoSettings settings, AddressGuard guard) throws VideoException {
        URI uri = URI.create(settings.address());
        try {
            return guard.check(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort());
        } catch (ConnectionException e) {
            throw NetworkErrors.of(settings, e);
        }
    }

    private static RtspRelay relay(VideoSettings settings, AddressGuard guard) throws VideoException {
        long deadline = System.nanoTime() + settings.silenceLimit().toNanos();
        var dialer = new Dialer(guard, settings.access().tls());
        var target = new RtspTarget(
                settings.address(), NetworkErrors.credentials(settings), settings.transport() == Transport.HTTP);
        String name = "relay-" + settings.name().replaceFirst("^camera ", "");
        try {
            return RtspRelay.open(target, dialer, name, deadline);
        } catch (IOException e) {
            throw NetworkErrors.of(settings, e);
        }
    }
}
