package io.sightline.hub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/**
 * A hub with 32 RTSP cameras of 640x360 pixels and 5 frames per second, 5 % of the frames with motion: how many frames
 * are handled before the next one comes, what a camera costs in memory, and whether that grows while cameras come and go.
 */
final class LoadBench {
    private static final int CAMERAS = 32;
    private static final int SERVERS = 8;
    private static final Limit HANDLED = new Limit(0.99, 0.999);
    private static final Limit MEMORY = new Limit(12, 8);
    private static final Limit SLOPE = new Limit(1, 0);
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final int FLAPPING_WINDOWS = 3;
    private static final Duration READING = Duration.ofSeconds(5);
    private static final double WARM_UP = 1.0 / 3;
    private static final String INTERVAL = "0.2";
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double NANOS_PER_SECOND = 1e9;

    private final BenchPlan plan;
    private final List<RtspCameras> servers;
    private final List<String> addresses;

    private LoadBench(BenchPlan plan, List<RtspCameras> servers) {
        this.plan = plan;
        this.servers = servers;
        this.addresses =
                servers.stream().flatMap(server -> server.addresses().stream()).toList();
    }

    static List<Figure> figures(BenchPlan plan) throws Exception {
        plan.launcher();
        Path script = plan.rtspCamera();
        Path folder = Files.createTempDirectory("sightline-clips-");
        var servers = new ArrayList<RtspCameras>();
        try {
            plan.progress().accept("cameras: drawing clips");
            var clip = new QuietClip();
            for (int phase = 0; phase < SERVERS; phase++) {
                Path file = folder.resolve(phase + ".mp4");
                clip.write(file, phase * QuietClip.FRAMES / SERVERS);
                servers.add(new RtspCameras(script, file, CAMERAS / SERVERS));
            }
            return new LoadBench(plan, servers).measure();
        } finally {
            servers.forEach(RtspCameras::close);
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private List<Figure> measure() throws Exception {
        try (var hub = new HubProcess(plan, List.of(), configuration(0))) {
            plan.progress().accept("cameras: a hub without cameras");
            Thread.sleep(SETTLE.toMillis());
            double empty = least(hub);
            hub.configure(configuration(CAMERAS));
            Thread.sleep(SETTLE.toMillis());
            plan.progress()
                    .accept("cameras: " + CAMERAS + " cameras for "
                            + plan.window().toMinutes() + " minutes");
            Figure handled = handled(hub);
            double full = least(hub);
            double each = (full - empty) / CAMERAS;
            Figure memory = Figure.alone("P15", "resident memory per camera, MiB", each, MEMORY.verdict(each, 0))
                    .with(String.format(
                            Locale.ROOT,
                            "%.0f MiB without cameras, %.0f with %d, after %d minutes",
                            empty,
                            full,
                            CAMERAS,
                            plan.window().toMinutes()));
            return List.of(handled, memory, flapping(hub));
        }
    }

    private Figure handled(HubProcess hub) throws Exception {
        Prometheus before = hub.metrics();
        Duration cpu = hub.cpu();
        long start = System.nanoTime();
        Thread.sleep(plan.window().toMillis());
        Prometheus after = hub.metrics();
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        double cores = hub.cpu().minus(cpu).toNanos() / NANOS_PER_SECOND / seconds;
        double read = grown(before, after, "sightline_camera_frames_read_total");
        double looked = grown(before, after, "sightline_camera_frames_inferred_total");
        double share = HandledTimes.within(before, after, INTERVAL) / Math.max(read, 1);
        return Figure.alone(
                        "cameras",
                        "share of frames handled within one interval, " + CAMERAS + " cameras",
                        share,
                        HANDLED.verdict(share, 0))
                .with(String.format(
                        Locale.ROOT,
                        "%.0f frames of %.0f that were due, %.1f %% looked at, p99 from capture to seen %.0f ms,"
                                + " %.2f cores, %d processors",
                        read,
                        seconds * QuietClip.FRAMES_PER_SECOND * CAMERAS,
                        100 * looked / Math.max(read, 1),
                        1000 * HandledTimes.quantile(before, after, HANDLED.least()),
                        cores,
                        Runtime.getRuntime().availableProcessors()));
    }

    private static double grown(Prometheus before, Prometheus after, String name) {
        return after.sum(name) - before.sum(name);
    }

    /**
     * The connections of an eighth of the cameras are closed every few seconds, in turn, for three times as long; the
     * first third of that does not count.
     */
    private Figure flapping(HubProcess hub) throws Exception {
        Duration window = plan.window().multipliedBy(FLAPPING_WINDOWS);
        plan.progress().accept("P15: cameras lose their connections for " + window.toMinutes() + " minutes");
        var seconds = new ArrayList<Double>();
        var mebibytes = new ArrayList<Double>();
        long start = System.nanoTime();
        int losses = 0;
        while (System.nanoTime() - start < window.toNanos()) {
            servers.get(losses++ % SERVERS).drop();
            Thread.sleep(READING.toMillis());
            double now = (System.nanoTime() - start) / NANOS_PER_SECOND;
            if (now > WARM_UP * window.toSeconds()) {
                seconds.add(now);
                mebibytes.add(hub.resident());
            }
        }
        var line = FittedLine.through(seconds, mebibytes);
        double slope = line.slope() * SECONDS_PER_HOUR;
        double error = line.error() * SECONDS_PER_HOUR;
        return Figure.alone(
                        "P15",
                        "growth of resident memory, MiB per hour, cameras flapping",
                        slope,
                        SLOPE.verdict(slope, error / SLOPE.least()))
                .with(String.format(
                        Locale.ROOT,
                        "± %.1f; %d losses of %d connections each in %d minutes",
                        error,
                        losses,
                        CAMERAS / SERVERS,
                        window.toMinutes()));
    }

    /** The least of some readings: what a collection was about to give back does not count. */
    private static double least(HubProcess hub) throws IOException, InterruptedException, SkippedException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            Thread.sleep(READING.toMillis());
            least = Math.min(least, hub.resident());
        }
        return least;
    }

    private String configuration(int cameras) throws SkippedException {
        var text = new StringBuilder("camera-networks: [127.0.0.0/8]\ndetectors:\n  people: { type: onnx, model: '"
                + plan.model() + "', classes: [person] }\ncameras:" + (cameras == 0 ? " {}\n" : "\n"));
        for (int i = 0; i < cameras; i++) {
            text.append("  c")
                    .append(i)
                    .append(": { uri: '")
                    .append(addresses.get(i))
                    .append("', detector: people, detect-fps: 10 }\n");
        }
        return text.toString();
    }
}
