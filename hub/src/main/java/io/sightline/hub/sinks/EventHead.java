package io.sightline.hub.sinks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sightline.hub.spine.UnreadableEventException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an event says of itself, and the bytes of its {@code data}.
 *
 * @param attributes CloudEvents attributes in the order of the event
 * @param data as it stands in the event; not copied from it until it is asked for
 */
record EventHead(Map<String, String> attributes, byte[] event, int from, int to) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws UnreadableEventException if the bytes are no event */
    static EventHead of(byte[] event) {
        var attributes = new LinkedHashMap<String, String>();
        int from = 0;
        int to = 0;
        try (JsonParser json = JSON.createParser(event)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEventException("got no JSON object, an event is one", null);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("data")) {
                    from = (int) json.currentTokenLocation().getByteOffset();
                    json.skipChildren();
                    json.finishToken();
                    to = (int) json.currentLocation().getByteOffset();
                } else if (value.isScalarValue()) {
                    attributes.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UnreadableEventException("the event is no JSON: " + e.getMessage(), e);
        }
        if (!attributes.containsKey("id") || !attributes.containsKey("type")) {
            throw new UnreadableEventException("the event has no id or no type", null);
        }
        return new EventHead(attributes, event, from, to);
    }

    String id() {
        return attributes.getOrDefault("id", "");
    }

    /** The camera, rule, signal or integration that it is about. */
    String key() {
        return attributes.getOrDefault("subject", "");
    }

    /** The family in addresses and topics: {@code detections}, {@code scene} … */
    String kind() {
        String type = attributes.getOrDefault("type", "");
        String family = type.replaceFirst("^io\\.sightline\\.", "").split("\\.", 2)[0];
        return switch (family) {
            case "detection" -> "detections";
            case "alert" -> "alerts";
            case "signal" -> "signals";
            case "system" -> "system";
            default -> "scene";
        };
    }

    Optional<String> traceparent() {
        return Optional.ofNullable(attributes.get("traceparent"));
    }

    byte[] data() {
        return to > from
                ? Arrays.copyOfRange(event, from, to)
                : "null".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Fills {@code {kind}} and {@code {key}} in a target that the configuration gives. */
    String filled(String target) {
        return target.replace("{kind}", kind()).replace("{key}", key());
    }

    static boolean varies(String target) {
        return target.contains("{kind}") || target.contains("{key}");
    }
}
