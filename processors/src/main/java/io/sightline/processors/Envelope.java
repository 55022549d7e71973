package io.sightline.processors;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Wraps an event as CloudEvents 1.0 in structured JSON. Written by hand, because the order of attributes is part of the
 * contract and the library has none for extensions. Any thread.
 */
public final class Envelope {
    /** Base of schema names where no public address is configured. */
    public static final URI DEFAULT_SCHEMAS = URI.create("urn:sightline:schemas");

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern HUB_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final Pattern TYPE = Pattern.compile("io\\.sightline\\.([a-z]{1,32})(\\.[a-z0-9-]{1,32}){0,3}");
    private static final Pattern TRACE = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int MOST_BYTES = 1 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final String hubId;
    private final String schemas;
    private final Ids ids;

    /** @param schemas where the schemas of data are served, without a slash at the end */
    public Envelope(String hubId, URI schemas, Clock clock) {
        if (!HUB_ID.matcher(hubId).matches()) {
            throw new IllegalArgumentException("hub id '" + hubId + "' does not match " + HUB_ID);
        }
        this.hubId = hubId;
        this.schemas = schemas.toString();
        this.ids = new Ids(clock);
    }

    /**
     * What events give in {@code dataschema}.
     *
     * @param family the word of their type behind {@code io.sightline}, for example {@code detection}
     */
    public String schema(String family) {
        return schemas + "/" + family + "/v1";
    }

    /** CloudEvents source of an event. */
    String source(Event event) {
        return event.kind().source(hubId, event.key());
    }

    /** @throws IllegalArgumentException if the key or type may not become part of an address */
    void check(Event event) {
        if (!ID.matcher(event.key()).matches()) {
            throw new IllegalArgumentException(
                    "event key '" + event.key() + "' does not match " + ID + ", so it cannot be an address");
        }
        if (!TYPE.matcher(event.type()).matches()) {
            throw new IllegalArgumentException("event type '" + event.type() + "' does not match " + TYPE);
        }
    }

    /**
     * @param traceparent W3C trace context; left out where it is null or malformed
     * @throws IllegalArgumentException if the event may not be sent: bad key or type, data that is no JSON or too large
     */
    public SealedEvent seal(Event event, String sequence, @Nullable String traceparent) {
        check(event);
        String id = ids.next();
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            attributes(out, event, id);
            out.writeStringField("sequence", sequence);
            optional(out, "correlationid", event.correlationId());
            boolean traced = traceparent != null && TRACE.matcher(traceparent).matches();
            optional(out, SightlineHeaders.TRACEPARENT, traced ? traceparent : null);
            out.writeObjectField("data", event.data());
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalArgumentException("event " + event.type() + ": its data is not JSON", e);
        }
        if (bytes.size() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "event " + event.type() + ": got " + bytes.size() + " bytes, allowed are " + MOST_BYTES);
        }
        return new SealedEvent(event.address(), id, event.type(), bytes.toByteArray());
    }

    private void attributes(JsonGenerator out, Event event, String id) throws IOException {
        out.writeStringField("specversion", "1.0");
        out.writeStringField("id", id);
        out.writeStringField("source", source(event));
        out.writeStringField("type", event.type());
        out.writeStringField("subject", event.key());
        out.writeStringField("time", Timestamps.text(event.time()));
        out.writeStringField("datacontenttype", "application/json");
        out.writeStringField("dataschema", schema(family(event.type())));
        out.writeStringField("partitionkey", event.key());
    }

    private static String family(String type) {
        var matcher = TYPE.matcher(type);
        return matcher.matches() ? matcher.group(1) : type;
    }

    private static void optional(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }
}
