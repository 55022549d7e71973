package io.sightline.hub.spine.accounts;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Closes the books of earlier starts: how many events each sink was given until the hub went down. That is told by the last
 * number of each source, on whichever sink it is found, dealt with or waiting, so that a sink which lost its own last events
 * does not judge itself.
 */
final class Opening {
    /** Queues up to this length are looked through whole; of longer ones only as many as are needed. */
    private static final long SHORT = 50_000;

    private final SinkQueues queues;
    private final Map<String, Entry> before;
    private final long start;
    /** Last number by start and source. */
    private final Map<Long, Map<String, Long>> finals = new HashMap<>();
    /** By sink that was looked through: sources of earlier starts of which something waits. */
    private final Map<String, Set<String>> sources = new HashMap<>();

    private final Map<String, Long> unnumbered = new HashMap<>();

    Opening(SinkQueues queues, Map<String, Entry> before, long start) {
        this.queues = queues;
        this.before = before;
        this.start = start;
    }

    /** Entries with statements for this start, by name of the sink; those without a queue are gone. */
    Map<String, Entry> opened() {
        before.values().forEach(entry -> entry.marks().forEach(this::found));
        look();
        Map<String, Long> dead = queues.dead();
        var opened = new TreeMap<String, Entry>();
        for (String sink : queues.sinks()) {
            opened.put(sink, opened(sink, before.get(sink), dead.getOrDefault(sink, 0L)));
        }
        return opened;
    }

    private Entry opened(String sink, @Nullable Entry entry, long dead) {
        Statement earlier = entry == null ? null : entry.statement();
        if (earlier == null) {
            var first = new Statement(start, 1, queues.kinds(sink), queues.waiting(sink) + dead, Map.of());
            return Entry.of(sink, Tally.unnumbered(unnumbered.getOrDefault(sink, 0L)))
                    .with(first);
        }
        var now = new Statement(start, 1, queues.kinds(sink), earlier.accepted() + given(earlier), Map.of());
        Set<String> waiting = sources.get(sink);
        return (waiting == null ? entry : entry.trimmed(start, waiting)).with(now);
    }

    private long given(Statement statement) {
        long given = 0;
        for (var inStart : finals.entrySet()) {
            if (inStart.getKey() >= statement.start() && inStart.getKey() < start) {
                given += inStart.getValue().entrySet().stream()
                        .filter(source -> statement.takes(source.getKey()))
                        .mapToLong(source -> source.getValue() - statement.base(source.getKey(), inStart.getKey()))
                        .filter(more -> more > 0)
                        .sum();
            }
        }
        return given;
    }

    private void look() {
        List<String> shortest = queues.sinks().stream()
                .sorted(Comparator.comparingLong(queues::waiting))
                .toList();
        var covered = new HashSet<String>();
        for (String sink : shortest) {
            Set<String> kinds = queues.kinds(sink);
            if (queues.waiting(sink) <= SHORT || !before.containsKey(sink) || !covered.containsAll(kinds)) {
                look(sink);
                covered.addAll(kinds);
            }
        }
    }

    private void look(String sink) {
        Set<String> waiting = sources.computeIfAbsent(sink, none -> new HashSet<>());
        queues.each(
                sink,
                event -> event.ifPresentOrElse(
                        number -> {
                            waiting.add(number.source());
                            found(number.source(), number.mark());
                        },
                        () -> unnumbered.merge(sink, 1L, Long::sum)));
    }

    private void found(String source, Mark mark) {
        finals.computeIfAbsent(mark.start(), none -> new HashMap<>()).merge(source, mark.number(), Math::max);
    }
}
