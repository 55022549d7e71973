package io.sightline.processors;

import org.apache.camel.spi.Metadata;

/** Headers that steps set for later steps of the same route. They never come in from outside and never leave. */
public final class SightlineHeaders {
    /** All of ours begin so; an ingress strips whatever begins so. */
    public static final String PREFIX = "Sightline";

    @Metadata(javaType = "String", description = "Address on the spine that the event was sent to.")
    public static final String ADDRESS = "SightlineAddress";

    @Metadata(javaType = "String", description = "Id of the CloudEvent in the body; the key for idempotent consumers.")
    public static final String EVENT_ID = "SightlineEventId";

    @Metadata(javaType = "String", description = "Type of the CloudEvent in the body.")
    public static final String EVENT_TYPE = "SightlineEventType";

    @Metadata(javaType = "String", description = "Sequence of the CloudEvent: count of starts, then number per source.")
    public static final String SEQUENCE = "SightlineSequence";

    /** Property of an exchange, not a header: false where a sink's route did not want the event. */
    public static final String TAKEN = "SightlineTaken";

    /** Media type of an event's bytes. */
    public static final String CLOUD_EVENT = "application/cloudevents+json";

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    private SightlineHeaders() {}
}
