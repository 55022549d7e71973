package io.sightline.hub.webhooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where an endpoint is. Written plainly, so that no two parsers read it differently: no login, no fragment, ASCII only.
 *
 * @param uri with a host
 */
record WebhookAddress(URI uri) {
    private static final int LONGEST = 2000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int HIGHEST_PORT = 65_535;

    /** Ports of servers that speak something else, and might take a request for commands. */
    private static final Set<Integer> NOT_HTTP = Set.of(
            1, 7, 9, 13, 19, 20, 21, 22, 23, 25, 53, 69, 79, 110, 111, 119, 135, 139, 143, 161, 179, 389, 445, 465, 512,
            513, 514, 515, 554, 587, 601, 636, 873, 993, 995, 1433, 1521, 1883, 2049, 2181, 2375, 3306, 3389, 5060,
            5432, 5671, 5672, 5900, 6000, 6379, 6667, 8883, 9092, 11211, 27017, 61613, 61616);

    /** @throws IllegalArgumentException says what is wrong and what is allowed, and does not repeat the address */
    static WebhookAddress of(String text) {
        boolean plain = text.chars().allMatch(letter -> letter > ' ' && letter < 0x7f && letter != '\\');
        if (text.length() > LONGEST || !plain) {
            throw refused("a text of at most 2000 ASCII characters without spaces, controls and backslashes");
        }
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw refused("an address like https://example.com/hooks");
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused("https:, and http: for hosts in webhook-networks");
        }
        if (uri.getHost() == null || uri.getHost().isBlank()) {
            throw refused("an address with a host, like https://example.com/hooks");
        }
        if (uri.getRawUserInfo() != null || text.indexOf('@') >= 0 && text.indexOf('@') < hostEnd(text)) {
            throw refused("an address without a login; events are signed, which proves more");
        }
        if (uri.getRawFragment() != null) {
            throw refused("an address without #");
        }
        int port = uri.getPort();
        if (port == 0 || port > HIGHEST_PORT || NOT_HTTP.contains(port)) {
            throw refused("a port of a web server, not " + port);
        }
        return new WebhookAddress(uri);
    }

    private static int hostEnd(String text) {
        int start = text.indexOf("//") + 2;
        int slash = text.indexOf('/', start);
        return slash < 0 ? text.length() : slash;
    }

    private static IllegalArgumentException refused(String allowed) {
        return new IllegalArgumentException("url: allowed is " + allowed + ".");
    }

    /** Without brackets. */
    String host() {
        return uri.getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        int standard = isPlain() ? HTTP : HTTPS;
        return uri.getPort() < 0 ? standard : uri.getPort();
    }

    boolean isPlain() {
        return uri.getScheme().equals("http");
    }

    /** Without path and query, which often hold a secret. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
