package io.sightline.hub.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All benchmarks by name. */
public final class Bench {
    /** Measures one or more figures. */
    @FunctionalInterface
    private interface Measurement {
        List<Figure> figures(BenchPlan plan) throws Exception;
    }

    /** @param names figures that one measurement gives, in small letters */
    private record Entry(List<String> names, Measurement measurement) {}

    /** Figures that take very long, so they are asked for by name. */
    private static final Set<String> LONG = Set.of("memory", "cameras", "kill", "order", "faults", "proof");

    private static final Map<String, Entry> ALL = new LinkedHashMap<>();

    static {
        put(PipelineBench::figures, "p1");
        put(PythonBench::figures, "python");
        put(HubBench::figures, "p2", "p3");
        put(MotionBench::figures, "p5");
        put(LineBench::figures, "lines");
        put(CamerasBench::figures, "p6");
        put(DecodeBench::figures, "decode");
        put(LoadBench::figures, "cameras", "p15");
        put(ChangeBench::figures, "change");
        put(MemoryBench::figures, "memory");
        put(ProofBench::all, "proof");
        put(ProofBench::kills, "kill");
        put(ProofBench::order, "order");
        put(ProofBench::faults, "faults");
    }

    private Bench() {}

    private static void put(Measurement measurement, String... names) {
        var entry = new Entry(List.of(names), measurement);
        for (String name : names) {
            ALL.put(name, entry);
        }
    }

    /** Names that {@link #run} takes. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * Measures one figure, or all but those that take very long. What cannot be measured is a row that says why.
     *
     * @param name one of {@link #names()}, in any case; empty for all
     */
    public static List<Figure> run(Optional<String> name, BenchPlan plan) throws InterruptedException {
        var figures = new ArrayList<Figure>();
        List<Entry> wanted = name.map(one -> List.of(ALL.get(one.toLowerCase(Locale.ROOT))))
                .orElseGet(() -> ALL.values().stream()
                        .distinct()
                        .filter(entry -> entry.names.stream().noneMatch(LONG::contains))
                        .toList());
        for (Entry entry : wanted) {
            figures.addAll(measured(entry, plan));
        }
        return figures;
    }

    private static List<Figure> measured(Entry entry, BenchPlan plan) throws InterruptedException {
        try {
            return entry.measurement.figures(plan);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            String why = e instanceof SkippedException ? e.getMessage() : "failed: " + e;
            return entry.names.stream()
                    .map(name -> Figure.skipped(name.toUpperCase(Locale.ROOT), "", why))
                    .toList();
        }
    }
}
