package io.sightline.engine.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import io.sightline.engine.model.InputWishes;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the way from a decoded frame to boxes costs beside the bare inference: thread CPU time of both, in turn, in one
 * run; the pipeline at the model's own size, and with the grey left out. A program, not a test: {@code PipelineCost MODEL VIDEO [ROUNDS]}.
 */
final class PipelineCost {
    private static final int WARM_UP = 3;
    private static final int FRAMES = 20;
    private static final double NANOS_PER_MILLI = 1e6;

    private PipelineCost() {}

    private interface Work {
        void on(Frame frame) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Path model = Path.of(args[0]);
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 12;
        var spec = new DetectorSpec.Onnx("cost", model, "yolox", "coco", Set.of(), 0.6);
        var full = new DetectorSpec.Onnx(
                "cost",
                model,
                "yolox",
                "coco",
                Set.of(),
                0.6,
                InputWishes.NONE.untrimmed(),
                DetectorSpec.Execution.ON_CPU);
        List<Frame> frames = frames(args[1]);
        try (var options = OnnxSessions.options();
                var session = OnnxSessions.environment().createSession(Files.readAllBytes(model), options);
                var detector = Detectors.open(full);
                var trimmed = Detectors.open(spec)) {
            try (var bare = new Bare(session)) {
                measure(rounds, frames, List.of(bare, detector::detect, trimmed::detect, bare));
            }
        }
        frames.forEach(Frame::close);
    }

    private static void measure(int rounds, List<Frame> frames, List<Work> works) throws Exception {
        var names = List.of("bare", "pipeline", "trimmed", "bare again");
        var cost = new double[works.size()][rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int i = 0; i < works.size(); i++) {
                double millis = millisPerFrame(works.get(i), frames);
                if (round >= 0) {
                    cost[i][round] = millis;
                }
            }
        }
        for (int i = 0; i < works.size(); i++) {
            double[] sorted = cost[i].clone();
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s CPU ms per frame: median %.2f, least %.2f, most %.2f%n",
                    names.get(i),
                    sorted[rounds / 2],
                    sorted[0],
                    sorted[rounds - 1]);
        }
        System.out.printf(Locale.ROOT, "bare / pipeline   median of rounds %.3f%n", ratio(cost[0], cost[1]));
        System.out.printf(Locale.ROOT, "bare / trimmed    median of rounds %.3f%n", ratio(cost[0], cost[2]));
        System.out.printf(Locale.ROOT, "bare / bare again median of rounds %.3f%n", ratio(cost[0], cost[3]));
    }

    private static double ratio(double[] a, double[] b) {
        var ratios = new double[a.length];
        Arrays.setAll(ratios, i -> a[i] / b[i]);
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    private static double millisPerFrame(Work work, List<Frame> frames) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (Frame frame : frames) {
            work.on(frame);
        }
        return (threads.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLI / frames.size();
    }

    private static List<Frame> frames(String video) throws Exception {
        var frames = new ArrayList<Frame>();
        try (VideoSource source = VideoSources.open(VideoSettings.of("cost", "file:" + video), Clock.systemUTC())) {
            var stream = source.stream();
            var pool = new FramePool(FRAMES, FrameInfo.bytes(stream.width(), stream.height()));
            while (frames.size() < FRAMES) {
                var picture = source.next(Duration.ofSeconds(1)).orElseThrow();
                var slot = pool.lease().orElseThrow();
                picture.copyTo(slot.memory());
                frames.add(slot.publish(new FrameInfo(
                        "cost", frames.size() + 1L, picture.capturedAt(), picture.width(), picture.height())));
            }
        }
        return frames;
    }

    /** The inference alone, on tensors that are ready. */
    private static final class Bare implements Work, AutoCloseable {
        private final OrtSession session;
        private final OnnxTensor input;
        private final String name;

        Bare(OrtSession session) throws Exception {
            this.session = session;
            this.name = session.getInputNames().iterator().next();
            var pixels = ByteBuffer.allocateDirect(3 * 416 * 416 * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, i % 255);
            }
            input = OnnxTensor.createTensor(OnnxSessions.environment(), pixels, new long[] {1, 3, 416, 416});
        }

        @Override
        public void on(Frame frame) throws Exception {
            try (var result = session.run(Map.of(name, input))) {
                assert result.size() == 1;
            }
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
