package io.sightline.hub.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.spine.UnreadableEventException;
import java.io.IOException;
import java.util.Optional;

/**
 * What of an event matters on its way out.
 *
 * @param camera which one it is about; empty where it is about none
 */
record EventView(String id, String type, Optional<String> camera) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws UnreadableEventException if the bytes are no event */
    static EventView of(byte[] bytes) {
        JsonNode event;
        try {
            event = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UnreadableEventException("not JSON", null); // the parser's message would quote the content
        }
        String id = text(event, "id");
        String type = text(event, "type");
        return new EventView(id, type, camera(event.path("data")));
    }

    private static String text(JsonNode event, String name) {
        JsonNode value = event == null ? null : event.get(name);
        if (value == null || !value.isTextual() || value.asText().isEmpty()) {
            throw new UnreadableEventException("attribute '" + name + "' is missing", null);
        }
        return value.asText();
    }

    private static Optional<String> camera(JsonNode data) {
        String of =
                data.path("kind").asText().equals("camera") ? data.path("id").asText() : "";
        String camera = data.path("camera_id").asText(of);
        return camera.isEmpty() ? Optional.empty() : Optional.of(camera);
    }
}
