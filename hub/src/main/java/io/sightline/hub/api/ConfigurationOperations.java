package io.sightline.hub.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.hub.changes.Asked;
import io.sightline.hub.changes.CameraKeys;
import io.sightline.hub.changes.ConfigurationChanges;
import io.sightline.hub.changes.Revision;
import io.sightline.hub.http.ProblemException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The operations on sightline.yaml: cameras come, go and change, and earlier versions come back. */
public final class ConfigurationOperations {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String ID = "id";
    private static final String IF_MATCH = "If-Match";

    private final ConfigurationChanges changes;

    ConfigurationOperations(ConfigurationChanges changes) {
        this.changes = changes;
    }

    public JsonNode get(@Header(ID) String id, Exchange exchange) {
        return answer(changes.camera(id), exchange);
    }

    public JsonNode create(Exchange exchange) {
        ObjectNode wanted = keys(exchange);
        String id = wanted.path(ID).asText();
        wanted.remove(ID);
        CameraKeys made = changes.create(id, wanted, asked(exchange));
        exchange.getMessage().setHeader("Location", "/api/v1/cameras/" + made.id());
        return answer(made, exchange);
    }

    public JsonNode change(@Header(ID) String id, Exchange exchange) {
        return answer(changes.change(id, keys(exchange), asked(exchange)), exchange);
    }

    public void delete(@Header(ID) String id, Exchange exchange) {
        changes.remove(id, asked(exchange));
    }

    public Map<String, Object> revisions(Exchange exchange) {
        ConfigurationChanges.Kept kept = changes.revisions();
        exchange.getMessage().setHeader("ETag", kept.etag());
        return Map.of(
                "revisions",
                kept.revisions().stream()
                        .map(one -> view(one, kept.isCurrent(one)))
                        .toList());
    }

    public Map<String, @Nullable Object> revision(@Header("revision") String id, Exchange exchange) {
        Revision revision = changes.revision(id);
        ConfigurationChanges.Kept kept = changes.revisions();
        exchange.getMessage().setHeader("ETag", kept.etag());
        Map<String, @Nullable Object> view = view(revision, kept.isCurrent(revision));
        view.put("text", revision.text());
        return view;
    }

    public Map<String, @Nullable Object> restore(@Header("revision") String id, Exchange exchange) {
        Revision made = changes.restore(id, asked(exchange));
        exchange.getMessage().setHeader("ETag", changes.revisions().etag());
        return view(made, true);
    }

    private static Map<String, @Nullable Object> view(Revision revision, boolean current) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", revision.id());
        view.put("time", revision.time().toString());
        view.put("by", revision.by().orElse(null));
        view.put("via", revision.via().word());
        view.put("changed", revision.changed());
        view.put("restored", revision.restored().orElse(null));
        view.put("current", current);
        return view;
    }

    private static JsonNode answer(CameraKeys camera, Exchange exchange) {
        exchange.getMessage().setHeader("ETag", camera.etag());
        return camera.keys();
    }

    private static Asked asked(Exchange exchange) {
        Message message = exchange.getMessage();
        return new Asked(
                CallerArgument.current().getName(), Optional.ofNullable(message.getHeader(IF_MATCH, String.class)));
    }

    private static ObjectNode keys(Exchange exchange) {
        try {
            byte[] body = exchange.getMessage().getBody(byte[].class);
            if (body != null && JSON.readTree(body) instanceof ObjectNode keys) {
                return keys;
            }
        } catch (IOException e) {
            // told below; the parser's words would quote what may be a secret
        }
        throw new ProblemException(400, "The body is no JSON object, or a key stands twice in it.");
    }
}
