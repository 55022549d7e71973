package io.sightline.hub.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.engine.net.AddressSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Between what the file says of a camera and what callers see of it: secrets are null and logins hidden there, and what
 * comes back like that stays as it was. A new secret goes into the store, and a reference into the file.
 */
final class WantedKeys {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST_SECRET = 2000;
    private static final Pattern HOST = Pattern.compile("://(?:[^/?#]*@)?(\\[[^\\]]*\\]|[^:/?#]*)");

    private final SecretParts parts;
    private final SecretStore secrets;

    WantedKeys(SecretParts parts, SecretStore secrets) {
        this.parts = parts;
        this.secrets = secrets;
    }

    /** What callers see. */
    JsonNode shown(String key, JsonNode value) {
        if (parts.isSecret(key) && !value.isObject()) {
            return NODES.nullNode();
        } else if (value instanceof ObjectNode object) {
            ObjectNode shown = NODES.objectNode();
            object.properties().forEach(entry -> shown.set(entry.getKey(), shown(entry.getKey(), entry.getValue())));
            return shown;
        } else if (value instanceof ArrayNode array) {
            ArrayNode shown = NODES.arrayNode();
            array.forEach(item -> shown.add(shown("", item)));
            return shown;
        }
        return value.isTextual() ? NODES.textNode(AddressSecrets.hidden(value.textValue())) : value;
    }

    /**
     * What is to stand in the file of a camera.
     *
     * @param before what stands there now, or missing
     * @throws ChangeRefusedException as {@link #meant}, and if a secret that is there would be sent to another host
     */
    JsonNode camera(String id, JsonNode wanted, JsonNode before) {
        Set<String> others = hosts(wanted);
        others.removeAll(hosts(before));
        wanted.properties().stream()
                .filter(entry -> !others.isEmpty() && stays(entry, before))
                .filter(entry -> !before.path(entry.getKey()).asText("").isEmpty())
                .findFirst()
                .ifPresent(entry -> {
                    throw sentElsewhere(id, entry.getKey(), others);
                });
        return meant(List.of("cameras", id), wanted, before);
    }

    /** Hosts that the camera's login is sent to. */
    private static Set<String> hosts(JsonNode camera) {
        return Stream.of("/uri", "/streams/detect", "/streams/record")
                .map(key -> HOST.matcher(camera.at(key).asText()))
                .filter(Matcher::find)
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean stays(Map.Entry<String, JsonNode> wanted, JsonNode before) {
        String key = wanted.getKey();
        return wanted.getValue().isNull()
                && parts.isSecret(key)
                && before.path(key).isValueNode();
    }

    private static ChangeRefusedException sentElsewhere(String id, String key, Set<String> hosts) {
        String words = String.join(" and ", hosts);
        return ChangeRefusedException.invalid(new FieldProblem(
                key,
                null,
                "the " + key + " again",
                "cameras." + id + "." + key + ": is not sent to another host, " + words + ", unasked; give the " + key
                        + " again, or leave the key out where that host needs none"));
    }

    /**
     * What is to stand in the file.
     *
     * @param place keys from {@code cameras} to the value
     * @param before what stands there now, or missing
     * @throws ChangeRefusedException if a secret cannot be kept, or a value refers to secrets of the hub
     */
    private JsonNode meant(List<String> place, JsonNode wanted, JsonNode before) {
        String key = place.get(place.size() - 1);
        if (!before.isMissingNode() && wanted.equals(shown(key, before))) {
            return before;
        } else if (wanted instanceof ObjectNode object) {
            return meantKeys(place, object, before);
        } else if (wanted instanceof ArrayNode array) {
            ArrayNode meant = NODES.arrayNode();
            array.forEach(item -> meant.add(meant(place, item, NODES.missingNode())));
            return meant;
        }
        return wanted.isTextual() ? text(place, wanted.textValue()) : wanted;
    }

    private ObjectNode meantKeys(List<String> place, ObjectNode wanted, JsonNode before) {
        ObjectNode meant = NODES.objectNode();
        wanted.properties().forEach(entry -> {
            var below = new ArrayList<>(place);
            below.add(entry.getKey());
            JsonNode old = before.path(entry.getKey());
            if (!entry.getValue().isNull()) {
                meant.set(entry.getKey(), meant(below, entry.getValue(), old));
            } else if (stays(entry, before)) {
                meant.set(entry.getKey(), old);
            }
        });
        return meant;
    }

    private JsonNode text(List<String> place, String text) {
        String key = place.get(place.size() - 1);
        if (parts.isSecret(key) && !text.isEmpty()) {
            boolean oneLine = text.equals(text.strip()) && text.chars().noneMatch(Character::isISOControl);
            if (!oneLine || text.length() > LONGEST_SECRET) {
                throw refused(
                        place,
                        null,
                        "a text of at most " + LONGEST_SECRET + " characters in one line, without spaces around it");
            }
            return NODES.textNode(secrets.keep(place, text));
        } else if (text.contains("${")) {
            throw refused(place, text, "the value itself; references to secrets are written in the file by hand");
        } else if (AddressSecrets.isHidden(text)) {
            throw refused(place, text, "the address with its login, or without one and with username and password");
        }
        return NODES.textNode(
                parts.without(key, text, secret -> secrets.keep(place, secret)).orElse(text));
    }

    private static ChangeRefusedException refused(List<String> place, @Nullable String got, String allowed) {
        String path = String.join(".", place.subList(2, place.size()));
        String shown = got == null ? "something that is not shown" : "'" + AddressSecrets.hidden(got) + "'";
        return ChangeRefusedException.invalid(new FieldProblem(
                path, shown, allowed, String.join(".", place) + ": got " + shown + ", allowed is " + allowed));
    }
}
