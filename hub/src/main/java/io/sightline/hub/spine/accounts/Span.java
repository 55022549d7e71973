package io.sightline.hub.spine.accounts;

import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive numbers of one source in one start.
 *
 * @param from first
 * @param to last, included
 */
record Span(long start, long from, long to) {
    boolean holds(Mark mark) {
        return mark.start() == start && mark.number() >= from && mark.number() <= to;
    }

    long size() {
        return to - from + 1;
    }

    static boolean holds(List<Span> spans, Mark mark) {
        for (Span span : spans) {
            if (span.holds(mark)) {
                return true;
            }
        }
        return false;
    }

    /** What is left of this one without the others. */
    List<Span> without(List<Span> others) {
        List<Span> left = List.of(this);
        for (Span other : others) {
            var next = new ArrayList<Span>();
            left.forEach(span -> span.cut(other, next));
            left = next;
        }
        return left;
    }

    private void cut(Span other, List<Span> into) {
        if (other.start != start || other.to < from || other.from > to) {
            into.add(this);
            return;
        }
        if (from < other.from) {
            into.add(new Span(start, from, other.from - 1));
        }
        if (other.to < to) {
            into.add(new Span(start, other.to + 1, to));
        }
    }

    /** Numbers in the order of sending, as spans. */
    static void add(List<Span> spans, Mark mark) {
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).start == mark.start() && spans.get(last).to + 1 == mark.number()) {
            spans.set(last, new Span(mark.start(), spans.get(last).from, mark.number()));
        } else {
            spans.add(new Span(mark.start(), mark.number(), mark.number()));
        }
    }

    String text() {
        return start + "-" + from + (from == to ? "" : " to " + start + "-" + to);
    }
}
