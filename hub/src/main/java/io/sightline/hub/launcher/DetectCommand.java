package io.sightline.hub.launcher;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.evaluate.Evaluation;
import io.sightline.engine.evaluate.Truth;
import io.sightline.engine.evaluate.TruthException;
import io.sightline.engine.fetch.FetchException;
import io.sightline.engine.fetch.ModelStore;
import io.sightline.engine.offline.DetectRun;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
        Optional<Truth> truth = truth();
        DetectSummary outcome;
        fetchModel();
        try (Detector detector = Detectors.open(options.detector().spec());
                VideoSource source = VideoSources.open(options.input(), Clock.systemUTC())) {
            detector.info().notes().forEach(note -> err.println("sightline: warning: " + note));
            requirePrivacy(detector);
            long frames = source.stream().frames();
            if (truth.isPresent() && frames > 0) {
                truth.get().requireWithin(frames);
            }
            outcome = run(detector, source, truth, end);
        }
        tell(outcome);
        return outcome.complete() ? 0 : 1;
    }

    private void requirePrivacy(Detector detector) throws DetectionException {
        var problem = options.privacy().uncoveredBy(detector.info());
        if (problem.isPresent()) {
            String remedy = options.detector().spec() instanceof DetectorSpec.Hog ? "" : "; see --classes";
            throw new DetectionException("--blur: " + problem.get() + remedy);
        }
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

    private Optional<Truth> truth() throws TruthException {
        return options.scoring().isPresent()
                ? Optional.of(Truth.read(options.scoring().get().truth()))
                : Optional.empty();
    }

    private DetectSummary run(Detector detector, VideoSource source, Optional<Truth> truth, OrderlyEnd end)
            throws DetectionException, IOException {
        try (DetectOutputs outputs = DetectOutputs.open(options, source.stream())) {
            Optional<Evaluation> evaluation = truth.map(
                    read -> new Evaluation(read, options.scoring().orElseThrow().minOverlap()));
            evaluation.ifPresent(outputs.writers()::add);
            DetectSummary outcome = detect(detector, source, outputs, end).with(evaluation);
            outputs.summarise(outcome.json());
            if (truth.isPresent() && outcome.toTheEnd()) {
                truth.get().requireWithin(outcome.summary().frames());
            }
            return outcome;
        }
    }

    private DetectSummary detect(Detector detector, VideoSource source, DetectOutputs outputs, OrderlyEnd end)
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
        run.covering(options.privacy());
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
        OptionalLong looked = options.motion().gate()
                ? OptionalLong.of(run.summary().frames() - run.skipped())
                : OptionalLong.empty();
        return new DetectSummary(
                run.summary(),
                source.stream(),
                options.input().scheme().live() ? 0 : source.broken(),
                problem,
                run.stopped(),
                new DetectSummary.Effort(Duration.ofNanos(System.nanoTime() - start), cpu().minus(cpu), looked),
                Optional.empty());
    }

    private Optional<ProgressBar> bar() {
        // from Java 22 on there is a console also without a terminal, unless asked for the plain one
        System.setProperty("jdk.console", "java.base");
        return System.console() == null ? Optional.empty() : Optional.of(new ProgressBar(err, System::nanoTime));
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void tell(DetectSummary outcome) {
        outcome.problem().ifPresent(problem -> err.println("sightline: " + problem));
        if (!outcome.complete()) {
            err.println("sightline: warning: the input is cut off or damaged: only " + outcome.readable()
                    + " could be read; results are of those");
        }
        if (outcome.evaluation().isPresent() && !outcome.toTheEnd()) {
            err.println("sightline: warning: scored are only the first "
                    + outcome.summary().frames() + " frames, which is all that was read");
        }
        out.print(outcome.text());
    }
}
