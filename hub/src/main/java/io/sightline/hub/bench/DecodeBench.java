package io.sightline.hub.bench;

import io.sightline.engine.offline.FfmpegProgram;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Frames;
import io.sightline.engine.video.VideoSettings.Hardware;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.springframework.util.FileSystemUtils;

/**
 * What reading a camera's stream costs, every picture decoded and every fifth copied, beside the FFmpeg program that
 * decodes the same pictures to nowhere; and what it costs where fewer are decoded.
 */
final class DecodeBench {
    private static final Limit LIMIT = new Limit(1.10, 1.02);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int COPIED = 5;
    private static final int PICTURES_PER_SECOND = 25;
    private static final List<Clip> CLIPS = List.of(new Clip("640x360", 1200), new Clip("1920x1080", 300));

    private final BenchPlan plan;
    private final Path folder;

    private DecodeBench(BenchPlan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** @param frames pictures that are measured, after the first one */
    private record Clip(String size, int frames) {
        Path in(Path folder) {
            return folder.resolve(size + ".mp4");
        }
    }

    static List<Figure> figures(BenchPlan plan) throws Exception {
        Path folder = Files.createTempDirectory("sightline-decode-");
        try {
            return new DecodeBench(plan, folder).measure();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private List<Figure> measure() throws Exception {
        var installed = new FfmpegRun("ffmpeg");
        var programs = new ArrayList<>(List.of(installed));
        var own = FfmpegProgram.find();
        if (own.isPresent()) {
            programs.add(new FfmpegRun(own.get().toString()));
        }
        var figures = new ArrayList<Figure>();
        for (Clip clip : CLIPS) {
            plan.progress().accept("decode: making a clip of " + clip.size());
            installed.makeClip(plan.video(), clip.size().replace('x', ':'), clip.frames() + 1, clip.in(folder));
            for (FfmpegRun program : programs) {
                figures.add(beside(program, clip));
            }
            figures.add(fewer(clip, Frames.REFERENCE, "those that others need decoded"));
            figures.add(fewer(clip, Frames.KEY, "key pictures decoded"));
            figures.addAll(new OtherStreamBench(plan, clip.in(folder), clip.frames()).figures());
        }
        return figures;
    }

    private Figure beside(FfmpegRun program, Clip clip) throws Exception {
        plan.progress().accept("decode: " + clip.size() + ", ours and FFmpeg " + program.version() + " in turn");
        Path file = clip.in(folder);
        double start = program.startMillis(file);
        Turns turns = Turns.take(
                () -> reading(clip, Decode.EVERYTHING),
                () -> (program.cpuMillis(file, clip.frames() + 1) - start) / clip.frames(),
                plan.rounds());
        double ratio = 1 / turns.ratio();
        return new Figure(
                        "decode",
                        "CPU ms per picture, H.264 " + clip.size() + ", ours / program",
                        OptionalDouble.of(turns.ours()),
                        OptionalDouble.of(turns.reference()),
                        OptionalDouble.of(ratio),
                        OptionalDouble.of(turns.spread()),
                        LIMIT.verdict(ratio, turns.spread()),
                        "")
                .with(String.format(
                        Locale.ROOT,
                        "FFmpeg %s with one thread, less the %.0f ms of its start; ours copies every fifth picture too",
                        program.version(),
                        start));
    }

    /** Per picture of the stream, also of those that are left out, so that all can be compared. */
    private Figure fewer(Clip clip, Frames frames, String words) throws Exception {
        var decode = new Decode(frames, 0, 1, 1, Hardware.NONE);
        Turns turns = Turns.take(
                () -> reading(clip, decode), () -> reading(clip, Decode.EVERYTHING), Math.max(1, plan.rounds() / 4));
        return new Figure(
                "decode",
                "CPU ms per picture, H.264 " + clip.size() + ", " + words + " / all",
                OptionalDouble.of(turns.ours()),
                OptionalDouble.of(turns.reference()),
                OptionalDouble.of(1 / turns.ratio()),
                OptionalDouble.of(turns.spread()),
                Verdict.MEASURED,
                "one of three pictures is needed by no other; a key picture every " + 2 * PICTURES_PER_SECOND);
    }

    /** @return milliseconds of CPU per picture of the clip, but for the first */
    private double reading(Clip clip, Decode decode) throws Exception {
        var settings = VideoSettings.of("bench", "file:" + clip.in(folder)).with(decode);
        try (VideoSource source = VideoSources.open(settings, Clock.systemUTC())) {
            var stream = source.stream();
            var copy = ByteBuffer.allocateDirect(FrameInfo.bytes(stream.width(), stream.height()));
            source.next(PATIENCE).orElseThrow();
            long before = source.packets();
            double millis = ThreadCpu.millisPer(1, () -> readAll(source, copy));
            return millis / (source.packets() - before);
        }
    }

    private static void readAll(VideoSource source, ByteBuffer copy) throws VideoException {
        try {
            for (int i = 1; ; i++) {
                var picture = source.next(PATIENCE).orElseThrow();
                if (i % COPIED == 0) {
                    picture.copyTo(copy);
                }
            }
        } catch (EndOfVideoException expected) {
            // all of the clip was read
        }
    }
}
