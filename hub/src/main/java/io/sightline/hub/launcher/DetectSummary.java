package io.sightline.hub.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.engine.evaluate.Evaluation;
import io.sightline.engine.offline.DetectRun;
import io.sightline.engine.video.StreamInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run of {@code detect} came to, for people and for programs.
 *
 * @param broken packets and pictures that could not be decoded; 0 for a network stream, where they are usual
 * @param problem why reading ended before the end
 * @param stopped by the user, before the end
 * @param effort what the run took
 * @param evaluation where there is truth to compare with
 */
record DetectSummary(
        DetectRun.Summary summary,
        StreamInfo stream,
        long broken,
        Optional<String> problem,
        boolean stopped,
        Effort effort,
        Optional<Evaluation> evaluation) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * What a run took.
     *
     * @param time by the clock
     * @param cpu of this process
     * @param looked frames that the detector looked at, where the motion gate might leave some out
     */
    record Effort(Duration time, Duration cpu, OptionalLong looked) {}

    DetectSummary with(Optional<Evaluation> newEvaluation) {
        return new DetectSummary(summary, stream, broken, problem, stopped, effort, newEvaluation);
    }

    /** Whether every picture of the input was looked at. */
    boolean toTheEnd() {
        return complete() && !stopped;
    }

    /** Whether all of the input was readable, as far as it was wanted. */
    boolean complete() {
        return broken == 0 && problem.isEmpty();
    }

    /** What could be read of an input that is not whole. */
    String readable() {
        long frames = summary.frames();
        return stream.frames() > frames ? frames + " of " + stream.frames() + " frames" : frames + " frames";
    }

    /** A few lines for people. */
    String text() {
        var text = new StringBuilder();
        line(text, "frames     %d of %dx%d", summary.frames(), stream.width(), stream.height());
        summary.found()
                .forEach((label, found) ->
                        line(text, "%-10s %d followed, %d boxes", label, found.tracks(), found.boxes()));
        if (summary.found().isEmpty()) {
            line(text, "objects    none");
        }
        effort.looked()
                .ifPresent(looked -> line(text, "gate       %d of %d frames looked at", looked, summary.frames()));
        line(text, "speed      %.1f frames/s (%.1f s)", framesPerSecond(), seconds());
        line(text, "CPU        %.1f ms per frame", cpuMillisPerFrame());
        evaluation.ifPresent(scored -> text.append(System.lineSeparator()).append(ScoreTable.text(scored)));
        return text.toString();
    }

    /** The same as one JSON object. */
    String json() {
        var mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("frames", summary.frames())
                .put("width", stream.width())
                .put("height", stream.height())
                .put("complete", toTheEnd())
                .put("seconds", seconds())
                .put("frames_per_second", framesPerSecond())
                .put("cpu_ms_per_frame", cpuMillisPerFrame());
        ObjectNode labels = root.putObject("labels");
        summary.found()
                .forEach((label, found) ->
                        labels.putObject(label).put("tracks", found.tracks()).put("boxes", found.boxes()));
        effort.looked().ifPresent(looked -> root.put("frames_looked_at", looked));
        evaluation.ifPresent(scored -> root.set("score", ScoreTable.json(scored, mapper)));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and labels are always JSON", e);
        }
    }

    private double seconds() {
        return Math.max(1, effort.time().toNanos()) / NANOS_PER_SECOND;
    }

    private double framesPerSecond() {
        return summary.frames() / seconds();
    }

    private double cpuMillisPerFrame() {
        return effort.cpu().toNanos() / NANOS_PER_MILLI / Math.max(1, summary.frames());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
