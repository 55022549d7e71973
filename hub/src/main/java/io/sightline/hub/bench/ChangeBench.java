package io.sightline.hub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * What eight RTSP cameras of 640x360 pixels and 5 frames per second notice of a ninth that is added, changed and removed
 * through REST: the longest time between two frames of any of them, in frame times. 1 is no frame missed; what it is
 * while nothing changes stands beside it.
 */
final class ChangeBench {
    private static final Limit LIMIT = new Limit(2, 1);
    private static final int CAMERAS = 8;
    private static final int SERVERS = 3;
    private static final double FRAME_SECONDS = 1.0 / QuietClip.FRAMES_PER_SECOND;
    private static final Duration SETTLE = Duration.ofSeconds(60);

    /** Longer than the hub remembers a gap. */
    private static final Duration QUIET = Duration.ofSeconds(33);

    /** In which a change shows, if it does. */
    private static final Duration AFTER = Duration.ofSeconds(8);

    private static final int ROUNDS_SHARE = 3;

    private final BenchPlan plan;
    private final HubProcess hub;
    private final Optional<String> token;

    private ChangeBench(BenchPlan plan, HubProcess hub, Optional<String> token) {
        this.plan = plan;
        this.hub = hub;
        this.token = token;
    }

    static List<Figure> figures(BenchPlan plan) throws Exception {
        plan.launcher();
        Path script = plan.rtspCamera();
        Path folder = Files.createTempDirectory("sightline-clips-");
        var servers = new ArrayList<RtspCameras>();
        try {
            plan.progress().accept("change: drawing clips");
            var clip = new QuietClip();
            for (int phase = 0; phase < SERVERS; phase++) {
                Path file = folder.resolve(phase + ".mp4");
                clip.write(file, phase * QuietClip.FRAMES / SERVERS);
                servers.add(new RtspCameras(script, file, (CAMERAS + 1) / SERVERS));
            }
            List<String> addresses = servers.stream()
                    .flatMap(server -> server.addresses().stream())
                    .toList();
            try (var hub = new HubProcess(plan, List.of(), configuration(plan, addresses))) {
                return new ChangeBench(plan, hub, Optional.of(hub.token())).measured(addresses.get(CAMERAS));
            }
        } finally {
            servers.forEach(RtspCameras::close);
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static String configuration(BenchPlan plan, List<String> addresses) throws SkippedException {
        var text = new StringBuilder("camera-networks: [127.0.0.0/8]\ndetectors:\n  people: { type: onnx, model: '"
                + plan.model() + "', classes: [person] }\ncameras:\n");
        for (int i = 0; i < CAMERAS; i++) {
            text.append("  c")
                    .append(i)
                    .append(": { uri: '")
                    .append(addresses.get(i))
                    .append("', detector: people, detect-fps: 10 }\n");
        }
        return text.toString();
    }

    /** Something that is done through REST. */
    private record Step(String name, String method, String path, String body) {}

    private List<Figure> measured(String ninth) throws Exception {
        String keys = "\"uri\":\"" + ninth + "\",\"detector\":\"people\",\"detect-fps\":";
        var steps = List.of(
                new Step("added", "POST", "/cameras", "{\"id\":\"ninth\"," + keys + "10}"),
                new Step("changed", "PUT", "/cameras/ninth", "{" + keys + "9}"),
                new Step("removed", "DELETE", "/cameras/ninth", ""));
        var worst = new double[steps.size()];
        double quiet = 0;
        Thread.sleep(SETTLE.toMillis());
        double lost = lost(hub.metrics());
        int rounds = Math.max(1, plan.rounds() / ROUNDS_SHARE);
        for (int round = 1; round <= rounds; round++) {
            for (int i = 0; i < steps.size(); i++) {
                quiet = Math.max(quiet, longestGap());
                worst[i] = Math.max(worst[i], after(steps.get(i)));
                plan.progress()
                        .accept(String.format(
                                Locale.ROOT,
                                "change: round %d of %d, %s: %.2f frame times, quiet %.2f",
                                round,
                                rounds,
                                steps.get(i).name(),
                                worst[i],
                                quiet));
                Thread.sleep(QUIET.toMillis());
            }
        }
        lost = lost(hub.metrics()) - lost;
        double unrest = Math.round(quiet) - 1; // frames missed by themselves: too busy a machine to tell
        var figures = new ArrayList<Figure>();
        for (int i = 0; i < steps.size(); i++) {
            String name = "frame times between two frames of " + CAMERAS + " others, one "
                    + steps.get(i).name();
            figures.add(Figure.alone("CHANGE", name, worst[i], LIMIT.verdict(Math.round(worst[i]), unrest))
                    .with(String.format(
                            Locale.ROOT,
                            "longest of %d; %.2f while nothing changes; frames lost by all in the whole time: %.0f",
                            rounds,
                            quiet,
                            lost)));
        }
        return figures;
    }

    private double after(Step step) throws IOException, InterruptedException, SkippedException {
        hub.rest(token, step.method(), step.path(), step.body());
        Thread.sleep(AFTER.toMillis());
        return longestGap();
    }

    /** Of the eight, in frame times, within the time that the hub remembers. */
    private double longestGap() throws IOException, InterruptedException, SkippedException {
        Prometheus now = hub.metrics();
        double longest = 0;
        for (int i = 0; i < CAMERAS; i++) {
            longest = Math.max(longest, now.sum("sightline_camera_frame_gap_seconds_max", "camera=\"c" + i + "\""));
        }
        if (longest == 0) {
            throw new SkippedException("no camera sends pictures");
        }
        return longest / FRAME_SECONDS;
    }

    private static double lost(Prometheus now) {
        double lost = 0;
        for (int i = 0; i < CAMERAS; i++) {
            lost += now.sum("sightline_camera_frames_lost_total", "camera=\"c" + i + "\"");
        }
        return lost;
    }
}
