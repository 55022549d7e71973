package io.sightline.hub.launcher;

import io.sightline.hub.bench.Bench;
import io.sightline.hub.bench.BenchPlan;
import io.sightline.hub.bench.Figure;
import io.sightline.hub.bench.FigureTable;
import io.sightline.hub.bench.Verdict;
import io.sightline.hub.proof.ProofPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code sightline bench}: measures what the hub costs, beside the raw limit in the same run. */
final class BenchCommand {
    private static final Set<String> OPTIONS = Set.of(
            "json",
            "rounds",
            "data",
            "minutes",
            "frames",
            "cameras",
            "cycles",
            "spine-cycles",
            "events",
            "fault-seconds",
            "seed");
    private static final int ROUNDS = 12;
    private static final int MINUTES = 5;
    private static final int FRAMES = 100_000;
    private static final int CAMERAS = 4;
    private static final int CYCLES = 500;
    private static final int SPINE_CYCLES = 100;
    private static final int EVENTS = 1_000_000;
    private static final int FAULT_SECONDS = 5;
    private static final int SEED = 20_261_121;

    private BenchCommand() {}

    /** @return 0 where no figure misses its limit, else 1; what cannot be measured misses nothing */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        var line = new CommandLine(arguments, OPTIONS, Set.of());
        Optional<String> name = name(line);
        Optional<Path> json = line.text("json").map(Path::of);
        try (var end = new OrderlyEnd()) {
            end.by(Thread.currentThread()::interrupt);
            if (json.isPresent()) {
                Files.writeString(json.get(), ""); // seen to be writable before the work
            }
            List<Figure> figures = Bench.run(name, plan(line, err));
            out.print(FigureTable.text(figures));
            if (json.isPresent()) {
                Files.writeString(json.get(), FigureTable.json(figures));
            }
            return figures.stream().anyMatch(figure -> figure.verdict() == Verdict.MISSED) ? 1 : 0;
        } catch (IOException e) {
            err.println("sightline: " + DetectOutputs.words(e));
            return 1;
        } catch (InterruptedException e) {
            err.println("sightline: stopped");
            return 1;
        }
    }

    private static Optional<String> name(CommandLine line) {
        if (line.words().size() > 1) {
            throw new UsageException(
                    "bench takes one figure or none, got " + line.words().size());
        }
        Optional<String> name = line.words().stream().findFirst();
        name.filter(word -> !Bench.names().contains(word.toLowerCase(Locale.ROOT)))
                .ifPresent(word -> {
                    throw new UsageException(
                            "bench: got '" + word + "', allowed are " + String.join(", ", Bench.names()));
                });
        return name;
    }

    private static BenchPlan plan(CommandLine line, PrintStream err) {
        Path home = RunCommand.home();
        Path fallback = Optional.ofNullable(System.getenv("SIGHTLINE_BENCH_DATA"))
                .map(Path::of)
                .orElse(home.resolve("../shared/data"));
        return new BenchPlan(
                home,
                line.path("data", fallback),
                line.number("rounds", 1, 1000).orElse(ROUNDS),
                Duration.ofMinutes(line.number("minutes", 1, 1440).orElse(MINUTES)),
                line.number("frames", 100, 100_000_000).orElse(FRAMES),
                line.number("cameras", 1, 100).orElse(CAMERAS),
                proof(line, home, err),
                words -> err.println(words));
    }

    private static ProofPlan proof(CommandLine line, Path home, PrintStream err) {
        return new ProofPlan(
                home.resolve("sightline"),
                line.number("cycles", 0, 100_000).orElse(CYCLES),
                line.number("spine-cycles", 0, 100_000).orElse(SPINE_CYCLES),
                line.number("events", 100, 100_000_000).orElse(EVENTS),
                Duration.ofSeconds(line.number("fault-seconds", 1, 3600).orElse(FAULT_SECONDS)),
                line.number("seed", 0, Integer.MAX_VALUE).orElse(SEED),
                words -> err.println(words));
    }
}
