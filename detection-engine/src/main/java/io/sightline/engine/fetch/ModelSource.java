package io.sightline.engine.fetch;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a model is fetched from, and which one it has to be.
 *
 * @param address {@code https:}, or {@code http:} on this machine; without a login
 * @param sha256 hash of the model's bytes, 64 hexadecimal digits
 */
public record ModelSource(URI address, String sha256) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern WEB = Pattern.compile("(?i)https?://.*");

    public ModelSource {
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!isAllowed(address)) {
            throw new IllegalArgumentException("model: got an address of " + address.getScheme() + "://"
                    + address.getHost() + ", allowed are https: addresses, and http: on this machine, without a login");
        }
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256: got '" + sha256
                    + "', needed are the 64 hexadecimal digits that 'sha256sum FILE' prints for the model");
        }
    }

    /** Whether a text is meant as an address and not as a file. */
    public static boolean isAddress(String text) {
        return WEB.matcher(text).matches();
    }

    /** What is sent in the open must not leave this machine: the hash guards the model, not who looks on. */
    static boolean isAllowed(URI address) {
        String host = address.getHost();
        if (host == null || address.getUserInfo() != null) {
            return false;
        }
        return "https".equalsIgnoreCase(address.getScheme())
                || "http".equalsIgnoreCase(address.getScheme()) && THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Name of the model: that of the file in the address, without its ending. */
    public String name() {
        String path = address.getPath() == null ? "" : address.getPath();
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String name = dot > 0 ? file.substring(0, dot) : file;
        return name.isEmpty() ? "model" : name;
    }

    /** For people: without what stands behind a question mark, which may be secret. */
    @Override
    public String toString() {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }
}
