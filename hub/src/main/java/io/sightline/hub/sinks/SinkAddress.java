package io.sightline.hub.sinks;

import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/**
 * A Camel address in its parts.
 *
 * @param path all between the scheme's colon and the question mark, without leading slashes
 * @param options as text, {@code RAW(…)} as it stands
 */
record SinkAddress(String scheme, String path, Map<String, String> options) {
    private static final Pattern PARTS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):([^?]*)(?:\\?(.*))?", Pattern.DOTALL);

    /** @return empty if that is no address */
    static Optional<SinkAddress> of(String uri) {
        Matcher parts = PARTS.matcher(uri);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var options = new LinkedHashMap<String, String>();
        try {
            String query = parts.group(3) == null ? "" : parts.group(3);
            URISupport.parseQuery(query, true).forEach((name, value) -> options.put(name, String.valueOf(value)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        return Optional.of(new SinkAddress(parts.group(1), parts.group(2).replaceFirst("^//", ""), options));
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The address with these options, which replace its own. */
    String with(String newPath, Map<String, String> more) {
        var all = new LinkedHashMap<String, Object>(options);
        all.putAll(more);
        String query = all.isEmpty() ? "" : "?" + URISupport.createQueryString(all);
        return scheme + ":" + newPath + query;
    }

    /** Keeps a value from being taken for anything but itself. */
    static String raw(String value) {
        return value.contains(")") ? "RAW{" + value + "}" : "RAW(" + value + ")";
    }
}
