package io.sightline.hub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * P6: how many cameras of 640x360 pixels and 5 frames per second one core serves, 5 % of the frames with motion, so that
 * 99 % of the frames are handled before the next one comes. The hub is kept on one core where {@code taskset} is there;
 * cameras are added until it is too many.
 */
final class CamerasBench {
    private static final Limit LIMIT = new Limit(50, 75);
    private static final int STEP = 5;
    private static final int MOST = 150;
    private static final int PHASES = 20;
    private static final double ENOUGH = 0.99;
    private static final Duration SETTLE = Duration.ofSeconds(15);
    private static final String NAME = "cameras per core, 640x360, 5 frames/s, 5 % of frames in motion";

    private final BenchPlan plan;
    private final Path clips;
    private final int cores;

    private CamerasBench(BenchPlan plan, Path clips, int cores) {
        this.plan = plan;
        this.clips = clips;
        this.cores = cores;
    }

    /**
     * What a hub did with so many cameras.
     *
     * @param share of the frames read that were handled within one interval
     * @param looked share of the frames read that a detector looked at; the gate passed over the others
     * @param p99 seconds within which 99 % were handled, up to the edge of the next bucket
     */
    private record Load(int cameras, double share, double looked, double p99) {}

    static List<Figure> figures(BenchPlan plan) throws Exception {
        plan.launcher();
        Path folder = Files.createTempDirectory("sightline-clips-");
        boolean pinned = hasTaskset();
        int cores = pinned ? 1 : Runtime.getRuntime().availableProcessors();
        try {
            plan.progress().accept("P6: drawing clips");
            var clip = new QuietClip();
            for (int phase = 0; phase < PHASES; phase++) {
                clip.write(folder.resolve(phase + ".mp4"), phase * QuietClip.FRAMES / PHASES);
            }
            return List.of(new CamerasBench(plan, folder, cores).search(pinned));
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static boolean hasTaskset() throws InterruptedException {
        try {
            Process probe = new ProcessBuilder("taskset", "-c", "0", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(STEP, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Figure search(boolean pinned) throws Exception {
        List<String> prefix = pinned ? List.of("taskset", "-c", "0") : List.of();
        var tried = new ArrayList<Load>();
        int good = 0;
        int bad = MOST * cores + STEP;
        int next = (int) LIMIT.least() * cores;
        try (var hub = new HubProcess(plan, prefix, configuration(STEP))) {
            while (bad - good > STEP) {
                Load load = load(hub, next);
                tried.add(load);
                if (load.share() >= ENOUGH) {
                    good = next;
                } else {
                    bad = next;
                }
                int grown = good == 0 ? bad / 2 : Math.min(good * 3 / 2, (good + bad) / 2);
                next = Math.max(STEP, grown / STEP * STEP);
            }
        }
        int best = good;
        double p99 = tried.stream()
                .filter(load -> load.cameras() == best)
                .mapToDouble(Load::p99)
                .findFirst()
                .orElse(0);
        double perCore = (double) best / cores;
        return Figure.alone("P6", NAME, perCore, LIMIT.verdict(perCore, (double) STEP / 2 / LIMIT.least()))
                .with(String.format(
                        Locale.ROOT,
                        "p99 from capture to seen %.0f ms; hub on %s; steps of %d",
                        p99 * 1000,
                        pinned ? "one core by taskset" : cores + " cores",
                        STEP));
    }

    private Load load(HubProcess hub, int cameras) throws Exception {
        hub.configure(configuration(cameras));
        Thread.sleep(SETTLE.toMillis());
        Prometheus before = hub.metrics();
        Thread.sleep(plan.window().dividedBy(5).toMillis());
        Prometheus after = hub.metrics();
        double read = grown(before, after, "sightline_camera_frames_read_total");
        double looked = grown(before, after, "sightline_camera_frames_inferred_total") / read;
        double share = read == 0 ? 0 : HandledTimes.within(before, after, "0.2") / read;
        var load = new Load(cameras, share, looked, HandledTimes.quantile(before, after, ENOUGH));
        plan.progress()
                .accept(String.format(
                        Locale.ROOT,
                        "P6: %d cameras, %.0f frames, %.1f %% looked at, %.2f %% within one interval, p99 %.0f ms",
                        cameras,
                        read,
                        100 * looked,
                        100 * share,
                        1000 * load.p99()));
        return load;
    }

    private static double grown(Prometheus before, Prometheus after, String name) {
        return after.sum(name) - before.sum(name);
    }

    private String configuration(int cameras) throws SkippedException {
        var text = new StringBuilder(
                "detectors:\n  people: { type: onnx, model: '" + plan.model() + "', classes: [person] }\ncameras:\n");
        for (int i = 0; i < cameras; i++) {
            text.append("  c")
                    .append(i)
                    .append(": { uri: 'file:")
                    .append(clips.resolve(i * 7 % PHASES + ".mp4"))
                    .append("', detector: people, detect-fps: 10 }\n");
        }
        return text.toString();
    }
}
