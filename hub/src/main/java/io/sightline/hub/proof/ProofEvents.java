package io.sightline.hub.proof;

import io.sightline.processors.Event;
import io.sightline.processors.SightlineHeaders;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Makes the events of a proof, and tells outside of this process of each that the spine has acknowledged: one line on
 * standard output, which outlives a kill. Named by the routes of a proof. Any thread.
 */
public final class ProofEvents {
    /** Begins a line about an event: id, source, sequence. */
    static final String ACKNOWLEDGED = "acknowledged ";

    /** When an event was made, in ns of the machine's monotonic clock, which all its processes share. */
    static final String SENT = "sent_ns";

    private static final Pattern SOURCE = Pattern.compile("\"source\":\"([^\"]*)\"");
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\"([^\"]*)\"");
    private static final String FILLING = "The length of a usual event. ".repeat(15);
    private static final Map<Event.Kind, String> TYPES = new EnumMap<>(Map.of(
            Event.Kind.DETECTION, "io.sightline.detection.updated",
            Event.Kind.SCENE, "io.sightline.zone.entered",
            Event.Kind.ALERT, "io.sightline.alert.updated",
            Event.Kind.SIGNAL, "io.sightline.signal",
            Event.Kind.SYSTEM, "io.sightline.system"));

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    /** Makes a signal. */
    public Event signal(@Header("key") String key) {
        return event(Event.Kind.SIGNAL, key);
    }

    static Event event(Event.Kind kind, String key) {
        Map<String, Object> data = Map.of(SENT, System.nanoTime(), "text", FILLING);
        return new Event(kind, key, TYPES.get(kind), Instant.now(), data, null);
    }

    /** Tells of an event that {@code publishEvent} has left in the exchange. */
    public void acknowledged(Exchange exchange) throws IOException {
        String id = exchange.getMessage().getHeader(SightlineHeaders.EVENT_ID, String.class);
        tell(id, exchange.getMessage().getBody(byte[].class));
    }

    static void tell(String id, byte[] event) throws IOException {
        String text = new String(event, StandardCharsets.UTF_8);
        say(ACKNOWLEDGED + id + " " + attribute(SOURCE, text) + " " + attribute(SEQUENCE, text));
    }

    /** One write for the whole line, so that a kill leaves it whole or away. */
    static void say(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (OUT) {
            OUT.write(bytes);
        }
    }

    private static String attribute(Pattern pattern, String event) {
        Matcher matcher = pattern.matcher(event);
        if (!matcher.find()) {
            throw new IllegalArgumentException("an event without " + pattern);
        }
        return matcher.group(1);
    }
}
