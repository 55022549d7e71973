package io.sightline.hub.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The FFmpeg program, decoding with one thread to nowhere. */
final class FfmpegRun {
    private static final Pattern VERSION = Pattern.compile("ffmpeg version (\\S+)");
    private static final Pattern CPU = Pattern.compile("utime=([0-9.]+)s stime=([0-9.]+)s");
    private static final int STARTS = 5;
    private static final double MILLIS = 1000;

    private final String program;
    private final String version;

    /** @throws SkippedException if there is no such program */
    FfmpegRun(String program) throws InterruptedException, SkippedException {
        this.program = program;
        try {
            Matcher found = VERSION.matcher(output(List.of("-version")));
            version = found.find() ? found.group(1) : "?";
        } catch (IOException e) {
            throw new SkippedException(program + " is not installed (Debian: ffmpeg)");
        }
    }

    String version() {
        return version;
    }

    /**
     * Makes an H.264 clip of a video: like a camera's stream at 25 pictures per second, a key picture every two seconds,
     * and of three pictures one that no other needs.
     */
    void makeClip(Path video, String size, int frames, Path clip)
            throws IOException, InterruptedException, SkippedException {
        String said = output(List.of(
                "-v",
                "error",
                "-y",
                "-r",
                "25",
                "-stream_loop",
                "3",
                "-i",
                video.toString(),
                "-an",
                "-vf",
                "scale=" + size,
                "-frames:v",
                Integer.toString(frames),
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-g",
                "50",
                "-bf",
                "2",
                "-b_strategy",
                "0",
                "-crf",
                "26",
                "-pix_fmt",
                "yuv420p",
                clip.toString()));
        if (!said.isBlank()) {
            throw new SkippedException(
                    program + " made no clip: " + said.lines().findFirst().orElse(""));
        }
    }

    /** Milliseconds of processor that the program takes to begin and end, with one picture decoded. */
    double startMillis(Path clip) throws IOException, InterruptedException {
        var runs = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            runs[i] = cpuMillis(clip, 1);
        }
        return Turns.median(runs);
    }

    /** Milliseconds of processor that the program takes for the first pictures of a clip. */
    double cpuMillis(Path clip, int frames) throws IOException, InterruptedException {
        String said = output(List.of(
                "-nostdin",
                "-nostats",
                "-benchmark",
                "-threads",
                "1",
                "-i",
                clip.toString(),
                "-an",
                "-fps_mode",
                "passthrough",
                "-frames:v",
                Integer.toString(frames),
                "-f",
                "null",
                "-"));
        Matcher cpu = CPU.matcher(said);
        if (!cpu.find()) {
            throw new IOException(program + " does not tell what it costs");
        }
        return (Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2))) * MILLIS;
    }

    private String output(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program, "-hide_banner"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
