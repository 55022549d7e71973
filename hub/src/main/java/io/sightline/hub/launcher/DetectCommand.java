package io.sightline.hub.launcher;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.fetch.FetchException;
import io.sightline.engine.fetch.ModelStore;
import io.sightline.engine.offline.DetectRun;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code sightline detect}: finds and follows objects in every frame of a recording or stream, without a hub. */
final class DetectCommand {
    private final DetectOptions options;
    private final PrintStream out;
    private final PrintStream err;

    private DetectCommand(DetectOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** @return 0 where all of the input was read and written, else 1 */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        var command = new DetectCommand(DetectOptions.read(arguments), out, err);
        try (var end = new OrderlyEnd()) {
            return command.run(end);
        } catch (VideoException | DetectionException | FetchException e) {
            err.println("sightline: " + e.getMessage());
        } catch (IOException e) {
            err.println("sightline: " + DetectOutputs.words(e));
        }
        return 1;
    }

    private int run(OrderlyEnd end) throws VideoException, DetectionException, FetchException, IOException {
        Outcome outcome;
        fetchModel();
        try (Detector detector = Detectors.open(options.detector().spec());
                VideoSource source = VideoSources.open(options.input(), Clock.systemUTC());
                DetectOutputs outputs = DetectOutputs.open(options, source.stream())) {
            detector.info().notes().forEach(note -> err.println("sightline: warning: " + note));
            outcome = detect(detector, source, outputs, end);
        }
        tell(outcome);
        return outcome.complete() ? 0 : 1;
    }

    private void fetchModel() throws FetchException {
        if (options.detector().source().isEmpty()) {
            return;
        }
        var source = options.detector().source().get();
        Optional<ProgressBar> bar = bar();
        ModelStore.Progress progress =
                bar.<ModelStore.Progress>map(shown -> shown::fetched).orElse((done, total) -> {});
        try {
            new ModelStore(options.detector().models()).fetch(source, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            bar.ifPresent(ProgressBar::clear);
        }
    }

    private Outcome detect(Detector detector, VideoSource source, DetectOutputs outputs, OrderlyEnd end)
            throws DetectionException, IOException {
        Optional<ProgressBar> bar = bar();
        DetectRun.Progress progress =
                bar.<DetectRun.Progress>map(shown -> shown).orElse((done, total) -> {});
        var run = new DetectRun(
                detector,
                TrackerSettings.defaults(options.detector().spec().minConfidence()),
                new DetectRun.Outputs(outputs.writers(), outputs.sinks(), progress),
                Runtime.getRuntime().availableProcessors());
        if (options.motion().gate()) {
            run.gatedBy(options.motion());
        }
        end.by(run::stop);
        long start = System.nanoTime();
        Duration cpu = cpu();
        Optional<String> problem = Optional.empty();
        try {
            run.run(source);
        } catch (VideoException e) {
            problem = Optional.of(e.getMessage());
        } finally {
            bar.ifPresent(ProgressBar::clear);
        }
        if (options.motion().gate()) {
            long frames = run.summary().frames();
            out.printf(Locale.ROOT, "%-10s %d of %d frames looked at%n", "gate", frames - run.skipped(), frames);
        }
        return new Outcome(
                run.summary(),
                source.stream(),
                detector.info().labels().equals(List.of("person")) ? "people" : "objects",
                options.input().scheme().live() ? 0 : source.broken(),
                problem,
                Duration.ofNanos(System.nanoTime() - start),
                cpu().minus(cpu));
    }

    private Optional<ProgressBar> bar() {
        // from Java 22 on there is a console also without a terminal, unless asked for the plain one
        System.setProperty("jdk.console", "java.base");
        return System.console() == null ? Optional.empty() : Optional.of(new ProgressBar(err, System::nanoTime));
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void tell(Outcome outcome) {
        outcome.problem().ifPresent(problem -> err.println("sightline: " + problem));
        if (!outcome.complete()) {
            err.println("sightline: warning: the input is cut off or damaged: only " + outcome.readable()
                    + " could be read; results are of those");
        }
        out.print(outcome.text());
    }

    /**
     * What a run came to.
     *
     * @param broken packets and pictures that could not be decoded; 0 for a network stream, where they are usual
     * @param problem why reading ended before the end
     */
    private record Outcome(
            DetectRun.Summary summary,
            StreamInfo stream,
            String kind,
            long broken,
            Optional<String> problem,
            Duration time,
            Duration cpu) {

        boolean complete() {
            return broken == 0 && problem.isEmpty();
        }

        String readable() {
            long frames = summary.frames();
            return stream.frames() > frames ? frames + " of " + stream.frames() + " frames" : frames + " frames";
        }

        String text() {
            long frames = summary.frames();
            double seconds = Math.max(1e-9, time.toNanos() / 1e9);
            double cpuMillis = cpu.toNanos() / 1e6 / Math.max(1, frames);
            return String.format(
                    Locale.ROOT,
                    """
                    frames     %d of %dx%d
                    %-10s %d followed
                    boxes      %d
                    speed      %.1f frames/s (%.1f s)
                    CPU        %.1f ms per frame
                    """,
                    frames,
                    stream.width(),
                    stream.height(),
                    kind,
                    summary.tracks(),
                    summary.boxes(),
                    frames / seconds,
                    seconds,
                    cpuMillis);
        }
    }
}
