package io.sightline.engine.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Boxes by frame; those of one frame in the order in which they came. */
final class Rows {
    private final Map<Integer, List<Row>> byFrame = new TreeMap<>();

    void add(Row row) {
        byFrame.computeIfAbsent(row.frame(), frame -> new ArrayList<>()).add(row);
    }

    Set<Integer> frames() {
        return byFrame.keySet();
    }

    List<Row> in(int frame) {
        return byFrame.getOrDefault(frame, List.of());
    }

    /** Those that pass, in their order. */
    Rows only(Predicate<Row> passes) {
        var some = new Rows();
        byFrame.values().stream().flatMap(Collection::stream).filter(passes).forEach(some::add);
        return some;
    }

    int size() {
        return byFrame.values().stream().mapToInt(List::size).sum();
    }

    Set<String> labels() {
        var labels = new TreeSet<String>();
        byFrame.values().forEach(rows -> rows.forEach(row -> labels.add(row.label())));
        return labels;
    }

    boolean all(Predicate<Row> passes) {
        return byFrame.values().stream().flatMap(Collection::stream).allMatch(passes);
    }
}
