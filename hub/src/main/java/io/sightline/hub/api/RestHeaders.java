package io.sightline.hub.api;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Lets into REST routes only what the contract names, and out only what a caller may see. It is a list of what passes,
 * because control headers of components come in too many spellings to list what does not.
 */
final class RestHeaders implements HeaderFilterStrategy {
    private static final Set<String> OUT =
            names(Set.of("Content-Type", "Location", "Retry-After", "Cache-Control", "ETag"));

    private final Set<String> in;

    /** @param parameters names in paths and queries of the contract */
    RestHeaders(Set<String> parameters) {
        this.in = names(parameters);
        in.addAll(Set.of("content-type", "accept"));
    }

    private static Set<String> names(Set<String> some) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(some);
        return names;
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !in.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name);
    }
}
