package io.sightline.camera.objects;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads one list as JSON.
 *
 * <pre>
 *  {"time": "2026-11-21T10:15:00.120Z", "sequence": 381, "width": 1920, "height": 1080,
 *   "objects": [{"label": "person", "confidence": 0.83, "box": {"x": 10, "y": 20, "width": 40, "height": 90}}]}
 * </pre>
 *
 * {@code time} (or milliseconds since 1970) and {@code sequence} may be missing; what is not known is passed over. A box
 * that reaches beyond the picture is cut to it. Any thread.
 */
final class JsonLists {
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}_ .-]{1,64}");
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("2500-01-01T00:00:00Z");
    private static final double FURTHEST = 1e6;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(40)
                            .maxStringLength(1000)
                            .maxNameLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonLists() {}

    static SentList read(byte[] bytes, int length) throws ListException {
        JsonNode root = tree(bytes, length);
        if (root == null || !root.isObject()) {
            throw new ListException("it is no JSON object");
        }
        JsonNode items = root.path("objects");
        if (!items.isArray()) {
            throw new ListException("objects: allowed is a list");
        }
        if (items.size() > SentList.MOST_OBJECTS) {
            throw new ListException(
                    "objects: got " + items.size() + ", allowed are " + SentList.MOST_OBJECTS + " in one list");
        }
        int width = whole(root, "width");
        int height = whole(root, "height");
        try {
            return new SentList(
                    time(root.path("time")),
                    sequence(root.path("sequence")),
                    width,
                    height,
                    objects(items, width, height));
        } catch (IllegalArgumentException e) {
            throw new ListException(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode tree(byte[] bytes, int length) throws ListException {
        try {
            return JSON.readTree(bytes, 0, length);
        } catch (JacksonException e) {
            // never its message, which quotes what was sent
            throw new ListException("it is no JSON that is taken (at byte "
                    + (e.getLocation() == null ? 0 : e.getLocation().getByteOffset()) + ")");
        } catch (IOException e) {
            throw new ListException("it is no JSON that is taken");
        }
    }

    private static int whole(JsonNode root, String name) throws ListException {
        JsonNode node = root.path(name);
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new ListException(name + ": allowed is a whole number of pixels");
        }
        return node.intValue();
    }

    private static Optional<Instant> time(JsonNode node) throws ListException {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        try {
            Instant time = node.isTextual()
                    ? OffsetDateTime.parse(node.textValue()).toInstant()
                    : Instant.ofEpochMilli(node.canConvertToLong() ? node.longValue() : Long.MIN_VALUE);
            if ((node.isTextual() || node.isNumber()) && !time.isBefore(FIRST) && time.isBefore(LAST)) {
                return Optional.of(time);
            }
        } catch (DateTimeException expected) {
            // told below
        }
        throw new ListException("time: allowed is a time like 2026-11-21T10:15:00.120Z, or milliseconds since 1970");
    }

    private static OptionalLong sequence(JsonNode node) throws ListException {
        if (node.isMissingNode() || node.isNull()) {
            return OptionalLong.empty();
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw new ListException("sequence: allowed is a whole number from 0 that grows");
        }
        return OptionalLong.of(node.longValue());
    }

    private static List<ListedObject> objects(JsonNode items, int width, int height) throws ListException {
        var objects = new ArrayList<ListedObject>();
        for (int i = 0; i < items.size(); i++) {
            try {
                object(items.get(i), width, height).ifPresent(objects::add);
            } catch (ListException e) {
                throw new ListException("objects[" + i + "]." + e.getMessage());
            }
        }
        return objects;
    }

    private static Optional<ListedObject> object(JsonNode item, int width, int height) throws ListException {
        JsonNode label = item.path("label");
        if (!label.isTextual() || !LABEL.matcher(label.textValue()).matches()) {
            throw new ListException("label: allowed are 1 to 64 letters, digits, '_', '-', '.' and spaces");
        }
        double confidence = number(item.path("confidence"), "confidence", 0, 1);
        JsonNode box = item.path("box");
        double left = number(box.path("x"), "box.x", -FURTHEST, FURTHEST);
        double top = number(box.path("y"), "box.y", -FURTHEST, FURTHEST);
        double right = Math.min(width, left + number(box.path("width"), "box.width", 0, FURTHEST));
        double bottom = Math.min(height, top + number(box.path("height"), "box.height", 0, FURTHEST));
        left = Math.max(0, left);
        top = Math.max(0, top);
        return right - left > 0 && bottom - top > 0
                ? Optional.of(new ListedObject(label.textValue(), confidence, left, top, right - left, bottom - top))
                : Optional.empty();
    }

    private static double number(JsonNode node, String name, double from, double to) throws ListException {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(value >= from && value <= to)) {
            throw new ListException(name + ": allowed are numbers from " + (long) from + " to " + (long) to);
        }
        return value;
    }
}
