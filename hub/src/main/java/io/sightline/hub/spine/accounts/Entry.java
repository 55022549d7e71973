package io.sightline.hub.spine.accounts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of an account, or all of it. Adding up is the same in any order.
 *
 * @param marks last number of each source that the sink has dealt with
 * @param dropped numbers that were taken away on purpose
 * @param missing numbers that did not come
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
record Entry(
        String sink,
        Tally tally,
        Map<String, Mark> marks,
        Map<String, List<Span>> dropped,
        Map<String, List<Span>> missing,
        @Nullable Statement statement) {
    /** Of one source; beyond it the oldest are forgotten. */
    private static final int MOST_SPANS = 1000;

    private static final ObjectMapper JSON = new ObjectMapper();

    Entry {
        marks = marks == null ? Map.of() : marks;
        dropped = dropped == null ? Map.of() : dropped;
        missing = missing == null ? Map.of() : missing;
    }

    static Entry of(String sink, Tally tally) {
        return new Entry(sink, tally, Map.of(), Map.of(), Map.of(), null);
    }

    static Entry of(String sink, Tally tally, EventNumber number) {
        return new Entry(sink, tally, Map.of(number.source(), number.mark()), Map.of(), Map.of(), null);
    }

    Entry withMissing(Map<String, List<Span>> spans) {
        return new Entry(sink, tally, marks, dropped, spans, statement);
    }

    Entry with(Tally other) {
        return new Entry(sink, other, marks, dropped, missing, statement);
    }

    Entry with(Statement other) {
        return new Entry(sink, tally, marks, dropped, missing, other);
    }

    Entry plus(Entry other) {
        var allMarks = new TreeMap<>(marks);
        other.marks.forEach((source, mark) -> allMarks.merge(source, mark, Mark::later));
        Statement newest = statement == null || other.statement == null
                ? (statement == null ? other.statement : statement)
                : Statement.later(statement, other.statement);
        return new Entry(
                sink,
                tally.plus(other.tally),
                allMarks,
                joined(dropped, other.dropped),
                joined(missing, other.missing),
                newest);
    }

    private static Map<String, List<Span>> joined(Map<String, List<Span>> a, Map<String, List<Span>> b) {
        if (b.isEmpty()) {
            return a;
        }
        var all = new TreeMap<>(a);
        b.forEach((source, spans) -> all.merge(source, spans, (before, more) -> {
            var both = new ArrayList<>(before);
            more.stream().filter(span -> !before.contains(span)).forEach(both::add);
            return both.size() <= MOST_SPANS ? both : both.subList(both.size() - MOST_SPANS, both.size());
        }));
        return all;
    }

    /**
     * Without what is over: sources of earlier starts of which nothing waits, spans that were passed in such.
     *
     * @param waiting sources of earlier starts of which something waits for the sink
     */
    Entry trimmed(long start, Set<String> waiting) {
        var kept = new TreeMap<>(marks);
        kept.entrySet().removeIf(mark -> mark.getValue().start() < start && !waiting.contains(mark.getKey()));
        return new Entry(sink, tally, kept, only(dropped, waiting), only(missing, waiting), statement);
    }

    private static Map<String, List<Span>> only(Map<String, List<Span>> spans, Set<String> sources) {
        var kept = new TreeMap<>(spans);
        kept.keySet().retainAll(sources);
        return kept;
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of account " + sink + " cannot be written", e);
        }
    }

    /** @throws IOException if the bytes are no entry */
    static Entry read(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, Entry.class);
    }
}
