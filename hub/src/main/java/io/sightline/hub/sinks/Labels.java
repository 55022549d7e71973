package io.sightline.hub.sinks;

import org.apache.camel.Message;

/** The headers that may leave the hub: content type, CloudEvents attributes, trace, idempotency key. */
final class Labels {
    static final String CLOUD_EVENT = "application/cloudevents+json";
    static final String JSON = "application/json";
    static final String TRACE = "traceparent";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private Labels() {}

    static String contentType(SinkSettings sink) {
        return sink.format().equals("data") ? JSON : CLOUD_EVENT;
    }

    /** The attributes, each under its name with a prefix; trace context goes without one. */
    static void attributes(Message message, EventHead event, String prefix) {
        event.attributes().forEach((name, value) -> {
            if (!name.equals(TRACE)) {
                message.setHeader(prefix + name, value);
            }
        });
        event.traceparent().ifPresent(trace -> message.setHeader(TRACE, trace));
    }
}
