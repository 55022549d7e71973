package io.sightline.hub.bench;

import io.sightline.engine.detect.BareModel;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * P2 and P3: what a whole hub costs beside decoding and bare inference, and how much garbage it leaves on its heap. As
 * many cameras as the plan says play a clip in a loop at its own speed and look at every frame. The window between the first and the last
 * mark is cut into as many parts as there are rounds; after each of them the reference is measured twice.
 */
final class HubBench {
    private static final Duration WARM_UP = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Limit COST = new Limit(1.25, 1.10);
    private static final Limit GARBAGE = new Limit(128, 16);
    private static final int FRAMES = 100;
    private static final double KIBIBYTE = 1024;
    private static final double NANOS_PER_MILLI = 1e6;

    private final BenchPlan plan;
    private final Path video;
    private final BareModel bare;
    private final BareModel trimmed;
    private final DoubleSummaryStatistics decodes = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics inferences = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics smaller = new DoubleSummaryStatistics();

    /** @param trimmed the same model at the size that the hub makes of the clip's pictures */
    private HubBench(BenchPlan plan, BareModel bare, BareModel trimmed) throws SkippedException {
        this.plan = plan;
        this.video = plan.video();
        this.bare = bare;
        this.trimmed = trimmed;
    }

    /**
     * What a hub has done up to one moment.
     *
     * @param cpuMillis processor time
     * @param read frames decoded
     * @param inferred frames that a detector looked at
     * @param allocated bytes of garbage and objects on the heap
     */
    private record Mark(double cpuMillis, double read, double inferred, double allocated) {
        /** What the question itself costs the hub comes before the mark. */
        static Mark begin(HubProcess hub) throws Exception {
            Prometheus metrics = hub.metrics();
            return of(hub.cpu(), metrics);
        }

        /** What the question itself costs the hub comes after the mark. */
        static Mark end(HubProcess hub) throws Exception {
            Duration cpu = hub.cpu();
            return of(cpu, hub.metrics());
        }

        private static Mark of(Duration cpu, Prometheus metrics) {
            return new Mark(
                    cpu.toNanos() / NANOS_PER_MILLI,
                    metrics.sum("sightline_camera_frames_read_total"),
                    metrics.sum("sightline_camera_frames_inferred_total"),
                    // what was there at the last collection, and what has come since
                    metrics.sum("jvm_gc_memory_allocated_bytes_total")
                            + metrics.sum("jvm_memory_used_bytes", "id=\"Eden Space\""));
        }

        Mark since(Mark before) {
            return new Mark(
                    cpuMillis - before.cpuMillis,
                    read - before.read,
                    inferred - before.inferred,
                    allocated - before.allocated);
        }
    }

    /** Milliseconds of CPU. */
    private record Reference(double perDecode, double perInference) {
        double of(Mark done) {
            return perDecode * done.read() + perInference * done.inferred();
        }
    }

    static List<Figure> figures(BenchPlan plan) throws Exception {
        StreamInfo clip;
        try (VideoSource source = SampleFrames.open(plan.video())) {
            clip = source.stream();
        }
        try (var bare = BareModel.open(plan.model());
                var trimmed = BareModel.open(plan.model(), clip.width(), clip.height());
                var hub = new HubProcess(plan, List.of(), configuration(plan))) {
            return new HubBench(plan, bare, trimmed).watch(hub);
        }
    }

    private static String configuration(BenchPlan plan) throws SkippedException {
        var configuration = new StringBuilder("""
                detectors:
                  people: { type: onnx, model: '%s', classes: [person] }
                cameras:
                """.formatted(plan.model()));
        for (int i = 1; i <= plan.cameras(); i++) {
            configuration.append(
                    "  clip-%d: { uri: 'file:%s', detector: people, detect-fps: 60 }\n".formatted(i, plan.video()));
        }
        return configuration.toString();
    }

    private List<Figure> watch(HubProcess hub) throws Exception {
        plan.progress().accept("P2, P3: the hub warms up for " + WARM_UP.toMinutes() + " minutes");
        reference();
        Thread.sleep(WARM_UP.toMillis());
        int parts = plan.rounds();
        var ratios = new double[parts];
        var first = new double[parts];
        var second = new double[parts];
        Mark start = Mark.begin(hub);
        Mark whole = start;
        double ours = 0;
        double theirs = 0;
        for (int part = 0; part < parts; part++) {
            plan.progress().accept("P2, P3: part " + (part + 1) + " of " + parts);
            Mark before = Mark.begin(hub);
            Thread.sleep(plan.window().dividedBy(parts).toMillis());
            whole = Mark.end(hub);
            Mark done = whole.since(before);
            first[part] = reference().of(done);
            second[part] = reference().of(done);
            ratios[part] = done.cpuMillis() / ((first[part] + second[part]) / 2);
            ours += done.cpuMillis();
            theirs += (first[part] + second[part]) / 2;
        }
        Mark all = whole.since(start);
        double spread = Turns.spread(first, second);
        return List.of(
                cost(new double[] {ours, theirs}, Turns.median(ratios), spread, all), sameInput(all), garbage(all));
    }

    private Figure cost(double[] sums, double ratio, double spread, Mark all) {
        String note = String.format(
                Locale.ROOT,
                "%.0f frames decoded at %.2f ms (JavaCV's FFmpeg, one thread), %.0f inferences at %.2f ms",
                all.read(),
                decodes.getAverage(),
                all.inferred(),
                inferences.getAverage());
        return new Figure(
                "P2",
                "CPU ms of the window, hub / (decoding + bare inference)",
                OptionalDouble.of(sums[0]),
                OptionalDouble.of(sums[1]),
                OptionalDouble.of(ratio),
                OptionalDouble.of(spread),
                COST.verdict(ratio, spread),
                note);
    }

    /** Both with the input that the hub has by default, without the rows and columns that would be grey. */
    private Figure sameInput(Mark all) {
        double theirs = new Reference(decodes.getAverage(), smaller.getAverage()).of(all);
        return new Figure(
                "P2",
                "the same, bare inference without what would be grey, too",
                OptionalDouble.of(all.cpuMillis()),
                OptionalDouble.of(theirs),
                OptionalDouble.of(all.cpuMillis() / theirs),
                OptionalDouble.empty(),
                Verdict.MEASURED,
                String.format(Locale.ROOT, "one inference at %.2f ms", smaller.getAverage()));
    }

    private static Figure garbage(Mark all) {
        double perFrame = all.allocated() / all.inferred() / KIBIBYTE;
        return Figure.alone("P3", "heap garbage per frame looked at, KiB", perFrame, GARBAGE.verdict(perFrame, 0))
                .with(String.format(Locale.ROOT, "the whole hub's, %.0f frames", all.inferred()));
    }

    private Reference reference() throws Exception {
        var reference = new Reference(decoding(video, FRAMES), PipelineBench.inferring(bare));
        decodes.accept(reference.perDecode());
        inferences.accept(reference.perInference());
        smaller.accept(PipelineBench.inferring(trimmed));
        return reference;
    }

    /** @return milliseconds of CPU for one frame of the video */
    static double decoding(Path video, int frames) throws Exception {
        try (VideoSource source = SampleFrames.open(video)) {
            return ThreadCpu.millisPer(frames, () -> {
                for (int i = 0; i < frames; i++) {
                    source.next(PATIENCE).orElseThrow();
                }
            });
        } catch (EndOfVideoException e) {
            throw new SkippedException(video + " has fewer than " + frames + " frames");
        }
    }
}
