package io.sightline.hub.settings;

import io.sightline.engine.net.AddressSecrets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a camera, taken apart.
 *
 * @param address without the login
 */
public record CameraUri(String scheme, String address, Optional<String> username, Optional<String> password) {
    private static final Pattern PARTS = Pattern.compile("([a-z][a-z0-9]*):(?://(?:([^/?#]*)@)?)?(.*)", Pattern.DOTALL);

    /** @return empty if the text does not begin with a scheme */
    public static Optional<CameraUri> parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<String> login = Optional.ofNullable(parts.group(2));
        String address = login.isEmpty() ? text : parts.group(1) + "://" + parts.group(3);
        return Optional.of(new CameraUri(
                parts.group(1),
                address,
                login.map(both -> decoded(both.split(":", 2)[0])),
                login.filter(both -> both.contains(":")).map(both -> decoded(both.split(":", 2)[1]))));
    }

    String withoutScheme() {
        return address.substring(scheme.length() + 1);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public String toString() {
        return AddressSecrets.hidden(address);
    }
}
