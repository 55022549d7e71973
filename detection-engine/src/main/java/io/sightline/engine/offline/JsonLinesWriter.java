package io.sightline.engine.offline;

import io.sightline.engine.offline.FrameResult.TrackedBox;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes one JSON object per frame and line: {@code frame}, {@code time} in seconds, {@code width}, {@code height}, {@code objects}. */
public final class JsonLinesWriter implements ResultWriter {
    private static final double MILLIS = 1000;

    private final BufferedWriter out;

    public JsonLinesWriter(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    @Override
    public void write(FrameResult result) throws IOException {
        var frame = result.frame();
        out.write(String.format(
                Locale.ROOT,
                "{\"frame\":%d,\"time\":%.3f,\"width\":%d,\"height\":%d,\"objects\":[%s]}\n",
                frame.sequence(),
                result.time().toMillis() / MILLIS,
                frame.width(),
                frame.height(),
                result.boxes().stream().map(JsonLinesWriter::object).collect(Collectors.joining(","))));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static String object(TrackedBox tracked) {
        var box = tracked.box();
        return String.format(
                Locale.ROOT,
                "{\"track_id\":%d,\"type\":%s,\"confidence\":%.4f,"
                        + "\"bounding_box\":{\"x\":%.2f,\"y\":%.2f,\"width\":%.2f,\"height\":%.2f}}",
                tracked.trackId(),
                text(tracked.label()),
                tracked.confidence(),
                box.x(),
                box.y(),
                box.width(),
                box.height());
    }

    /** A JSON string; labels come from a user's file. */
    private static String text(String value) {
        var quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
