package io.sightline.hub.spine.accounts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The account of one sink in memory. One thread deals with the sink's events, one after the other; any may ask or change it
 * in between. Bounded by the number of sources, which are configured.
 */
final class SinkAccount {
    private static final int MOST_SPANS = 1000;

    private final String sink;
    private final LongAdder given = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder redeliveries = new LongAdder();
    private final Map<String, Mark> marks;
    private final Map<String, List<Span>> dropped = new HashMap<>();
    private final Map<String, List<Span>> missing = new HashMap<>();
    private Tally tally;
    private volatile Statement statement;
    private @Nullable Last last;
    private @Nullable String gap;

    /** @param opened with a statement */
    SinkAccount(Entry opened) {
        sink = opened.sink();
        tally = opened.tally();
        marks = new HashMap<>(opened.marks());
        opened.dropped().forEach((source, spans) -> dropped.put(source, new ArrayList<>(spans)));
        opened.missing().forEach((source, spans) -> missing.put(source, new ArrayList<>(spans)));
        if (opened.statement() == null) {
            throw new IllegalArgumentException("account " + sink + " has no statement");
        }
        statement = opened.statement();
    }

    /** The spine has an event of this kind. */
    void given(String kind) {
        if (statement.kinds().contains(kind)) {
            given.increment();
        }
    }

    synchronized Statement statement() {
        return statement;
    }

    /** To be called while nothing is published. */
    synchronized void state(Statement next) {
        statement = next;
        given.reset();
    }

    /** Events given to it until now, but for those that an operator added. */
    synchronized long given() {
        return statement.accepted() + given.sum();
    }

    synchronized Tally tally() {
        return tally;
    }

    /** What did not come, the newest; empty where nothing is missing since the start. */
    synchronized Optional<String> gap() {
        return Optional.ofNullable(gap);
    }

    long attempts() {
        return attempts.sum();
    }

    long redeliveries() {
        return redeliveries.sum();
    }

    /** The sink begins with an event, perhaps again. */
    synchronized void begins(Incoming event) {
        attempts.increment();
        forget(event);
    }

    /** What was told of the same message before was rolled back. */
    private void forget(Incoming event) {
        if (last != null && last.messageId().equals(event.messageId())) {
            last.undo().run();
        }
        last = null;
    }

    /** @param again whether the broker says that it was on its way before */
    void redelivered(boolean again) {
        if (again) {
            redeliveries.increment();
        }
    }

    /** Whether it was dealt with before, and is no dead letter. */
    synchronized boolean repeats(Incoming event) {
        return event.number() != null && !event.letter() && isRepeat(event.number());
    }

    private boolean isRepeat(EventNumber number) {
        Mark mark = marks.get(number.source());
        return mark != null
                && number.mark().compareTo(mark) <= 0
                && !Span.holds(missing.getOrDefault(number.source(), List.of()), number.mark())
                && !Span.holds(dropped.getOrDefault(number.source(), List.of()), number.mark());
    }

    /** @return what is to be written in the transaction that takes the event off its queue */
    synchronized Entry handled(Incoming event, Outcome outcome) {
        forget(event);
        EventNumber number = event.number();
        if (event.letter()) {
            return plain(event, Tally.of(outcome));
        }
        if (number == null) {
            Tally first = tally.unnumbered() > 0 ? Tally.unnumbered(-1) : Tally.accepted(1);
            return plain(event, Tally.of(outcome).plus(first));
        }
        return isRepeat(number) ? plain(event, Tally.repeat()) : numbered(event, number, outcome);
    }

    private Entry plain(Incoming event, Tally more) {
        tally = tally.plus(more);
        last = new Last(event.messageId(), () -> tally = tally.minus(more));
        return Entry.of(sink, more);
    }

    private Entry numbered(Incoming event, EventNumber number, Outcome outcome) {
        boolean wasDropped = cut(dropped, number);
        boolean wasMissing = !wasDropped && cut(missing, number);
        List<Span> gaps = gaps(number);
        long lost = gaps.stream().mapToLong(Span::size).sum();
        Tally more = Tally.of(outcome)
                .plus(Tally.dropped(wasDropped ? -1 : 0))
                .plus(Tally.missing(lost - (wasMissing ? 1 : 0)));
        Mark before = marks.get(number.source());
        marks.merge(number.source(), number.mark(), Mark::later);
        gaps.forEach(span -> add(missing, number.source(), span));
        tally = tally.plus(more);
        last = new Last(event.messageId(), () -> {
            tally = tally.minus(more);
            marks.put(number.source(), before == null ? new Mark(0, 0) : before);
            gaps.forEach(span -> missing.get(number.source()).remove(span));
            Span one = new Span(number.start(), number.number(), number.number());
            if (wasDropped || wasMissing) {
                add(wasDropped ? dropped : missing, number.source(), one);
            }
        });
        if (!gaps.isEmpty()) {
            gap = text(number.source(), gaps);
        }
        return Entry.of(sink, more, number).withMissing(gaps.isEmpty() ? Map.of() : Map.of(number.source(), gaps));
    }

    /** What lies between the last event of a source and this one, and was not taken away on purpose. */
    private List<Span> gaps(EventNumber number) {
        Mark mark = marks.get(number.source());
        boolean same = mark != null && mark.start() == number.start();
        if (!same && number.start() < statement.start()) {
            return List.of(); // began in the middle of a start that is over: nobody knows with which number
        }
        long base = statement.base(number.source(), number.start());
        long expected = Math.max(same ? mark.number() : 0, base) + 1;
        return number.number() > expected
                ? new Span(number.start(), expected, number.number() - 1)
                        .without(dropped.getOrDefault(number.source(), List.of()))
                : List.of();
    }

    private static String text(String source, List<Span> gaps) {
        StringBuilder text = new StringBuilder(source).append(" ");
        for (int i = 0; i < Math.min(gaps.size(), 5); i++) {
            text.append(i == 0 ? "" : ", ").append(gaps.get(i).text());
        }
        return text.append(gaps.size() > 5 ? ", …" : "").toString();
    }

    /** Takes a number out of the spans of its source. @return false if it is in none */
    private static boolean cut(Map<String, List<Span>> spans, EventNumber number) {
        List<Span> of = spans.get(number.source());
        if (of == null || !Span.holds(of, number.mark())) {
            return false;
        }
        var one = List.of(new Span(number.start(), number.number(), number.number()));
        var left = new ArrayList<Span>();
        of.forEach(span -> left.addAll(span.without(one)));
        spans.put(number.source(), left);
        return true;
    }

    private static void add(Map<String, List<Span>> spans, String source, Span span) {
        List<Span> of = spans.computeIfAbsent(source, none -> new ArrayList<>());
        if (!of.contains(span)) {
            of.add(span);
        }
        if (of.size() > MOST_SPANS) {
            of.remove(0);
        }
    }

    /** An operator, or a budget, changes the account. @return what is to be written */
    synchronized Entry change(Tally more) {
        tally = tally.plus(more);
        return Entry.of(sink, more);
    }

    /** What was changed is not written. */
    synchronized void undo(Entry entry) {
        tally = tally.minus(entry.tally());
    }

    /** These are about to be taken out of the queue. @return what is to be written before */
    synchronized Entry dropping(Dropped events) {
        events.spans().forEach((source, of) -> of.forEach(span -> add(dropped, source, span)));
        Tally more = Tally.dropped(events.count());
        tally = tally.plus(more);
        return new Entry(sink, more, Map.of(), events.spans(), Map.of(), null);
    }

    private record Last(String messageId, Runnable undo) {}
}
