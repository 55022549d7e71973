package io.sightline.engine.video;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The one form in which FFmpeg takes an RTSP login: inside the address. What is made here is never shown. */
final class RtspAddress {
    /** FFmpeg cuts a longer login off without a word. */
    private static final int LONGEST_LOGIN = 127;

    private RtspAddress() {}

    /** The settings' address with the login, and with the address that was checked instead of the host. */
    static String of(VideoSettings settings, InetAddress checked) {
        URI uri = URI.create(settings.address());
        String login = settings.login().map(given -> encoded(given) + "@").orElse("");
        String host = checked.getHostAddress();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return "rtsp://" + login + (host.contains(":") ? "[" + host + "]" : host) + port + path + query;
    }

    static Optional<String> problem(VideoSettings.Login login) {
        if (login.username().isEmpty()) {
            return Optional.of("username: must not be empty where a password is given");
        }
        int length = encoded(login).length();
        return length <= LONGEST_LOGIN
                ? Optional.empty()
                : Optional.of("username and password: together " + length
                        + " characters when percent-encoded, allowed are " + LONGEST_LOGIN);
    }

    private static String encoded(VideoSettings.Login login) {
        return percentEncoded(login.username()) + ":" + percentEncoded(login.password());
    }

    private static String percentEncoded(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && Character.isLetterOrDigit(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
