package io.sightline.hub.spine;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * What may cross between a route and a message of the spine: trace context both ways, and the count of deliveries
 * inwards. Everything else stays where it is, so that nothing a client writes can steer a route.
 */
final class SpineHeaders implements HeaderFilterStrategy {
    static final String DELIVERIES = "JMSXDeliveryCount";
    static final Set<String> TRACE = Set.of("traceparent", "tracestate");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !TRACE.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !TRACE.contains(name) && !DELIVERIES.equals(name);
    }
}
