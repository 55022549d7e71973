package io.sightline.engine.net;

import java.net.URI;
import java.util.Optional;

/**
 * An RTSP stream and the way to it.
 *
 * @param address {@code rtsp:} or {@code rtsps:} with a host, without a login
 * @param credentials for cameras that ask for a login
 * @param tunnel over HTTP, or HTTPS where the address is {@code rtsps:}
 */
public record RtspTarget(String address, Optional<Credentials> credentials, boolean tunnel) {
    private static final int RTSP = 554;
    private static final int RTSPS = 322;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Where the connection goes. */
    Dialer.Place place() {
        URI uri = URI.create(address);
        boolean secure = "rtsps".equalsIgnoreCase(uri.getScheme());
        int plain = tunnel ? HTTP : RTSP;
        int safe = tunnel ? HTTPS : RTSPS;
        int standard = secure ? safe : plain;
        return new Dialer.Place(secure, uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort());
    }

    /** Path and query, as the HTTP requests of a tunnel name it. */
    String path() {
        URI uri = URI.create(address);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Host and port, as the HTTP requests of a tunnel name them. */
    String host() {
        Dialer.Place place = place();
        return place.host() + ":" + place.port();
    }

    /** The query may hold a login. */
    @Override
    public String toString() {
        return "RtspTarget[…]";
    }
}
