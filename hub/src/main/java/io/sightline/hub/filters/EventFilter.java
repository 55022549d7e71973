package io.sightline.hub.filters;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.sightline.hub.spine.UnreadableEventException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether an event is wanted: a CEL expression over {@code event}, whose attributes have types and whose
 * {@code data} is as its schema says. An event that lacks what the expression asks for is not wanted. Any thread.
 */
public final class EventFilter {
    /** Longest expression, in characters. */
    public static final int LONGEST = 2000;

    private static final int MOST_STEPS = 10_000;
    private static final String EVENT = "event";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
    private static final ImmutableMap<String, CelType> ATTRIBUTES = ImmutableMap.<String, CelType>builder()
            .put("specversion", SimpleType.STRING)
            .put("id", SimpleType.STRING)
            .put("source", SimpleType.STRING)
            .put("type", SimpleType.STRING)
            .put("subject", SimpleType.STRING)
            .put("time", SimpleType.TIMESTAMP)
            .put("datacontenttype", SimpleType.STRING)
            .put("dataschema", SimpleType.STRING)
            .put("partitionkey", SimpleType.STRING)
            .put("sequence", SimpleType.STRING)
            .put("correlationid", SimpleType.STRING)
            .put("traceparent", SimpleType.STRING)
            .put("data", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .buildOrThrow();

    private final String text;
    private final CelRuntime.Program program;

    private EventFilter(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /**
     * @throws IllegalArgumentException if the text is no CEL expression over {@code event} that is true or false; the
     *     message tells why, in one line
     */
    public static EventFilter of(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a filter of " + text.length() + " characters, allowed are " + LONGEST);
        }
        try {
            Cel cel = cel();
            return new EventFilter(text, cel.createProgram(cel.compile(text).getAst()));
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(
                    e.getErrors().isEmpty()
                            ? e.getMessage()
                            : oneLine(e.getErrors().get(0).getMessage()),
                    e);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException(oneLine(e.getMessage()), e);
        }
    }

    private static Cel cel() {
        var options = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .evaluateCanonicalTypesToNativeValues(true)
                .maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(50)
                .comprehensionMaxIterations(MOST_STEPS)
                .build();
        return CelFactory.standardCelBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(new EventType())
                .addVar(EVENT, StructTypeReference.create(EventType.NAME))
                .setResultType(SimpleType.BOOL)
                .build();
    }

    /**
     * @param event CloudEvents JSON in UTF-8
     * @throws UnreadableEventException if the bytes are no event, or the expression takes one thing for another, for example a
     *     text for a number
     */
    public boolean wants(byte[] event) {
        try {
            return Boolean.TRUE.equals(program.eval(Map.of(EVENT, read(event))));
        } catch (IOException | DateTimeParseException e) {
            throw new UnreadableEventException("the event cannot be read: " + oneLine(e.getMessage()), e);
        } catch (CelEvaluationException e) {
            if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
                return false;
            }
            throw new UnreadableEventException("filter '" + text + "': " + oneLine(e.getMessage()), e);
        }
    }

    private static Map<String, Object> read(byte[] event) throws IOException {
        var values = new LinkedHashMap<String, Object>();
        Map<?, ?> all = JSON.readValue(event, Map.class);
        all.forEach((key, value) -> values.put(String.valueOf(key), value));
        if (values.get("time") instanceof String time) {
            values.put("time", Instant.parse(time));
        }
        return values;
    }

    private static String oneLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    /** What the checker knows of an event. */
    private static final class EventType implements CelTypeProvider {
        static final String NAME = "sightline.Event";

        private final StructType type = StructType.create(
                NAME, ImmutableSet.copyOf(ATTRIBUTES.keySet()), name -> Optional.ofNullable(ATTRIBUTES.get(name)));

        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.of(type);
        }

        @Override
        public Optional<CelType> findType(String name) {
            return name.equals(NAME) ? Optional.of(type) : Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
