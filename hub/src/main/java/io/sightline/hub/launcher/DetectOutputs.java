package io.sightline.hub.launcher;

import io.sightline.engine.offline.FrameSink;
import io.sightline.engine.offline.JsonLinesWriter;
import io.sightline.engine.offline.MotWriter;
import io.sightline.engine.offline.Mp4Writer;
import io.sightline.engine.offline.ResultWriter;
import io.sightline.engine.video.StreamInfo;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that {@code detect} writes. */
final class DetectOutputs implements Closeable {
    private final List<ResultWriter> writers = new ArrayList<>();
    private final List<FrameSink> sinks = new ArrayList<>();
    private final Deque<Closeable> open = new ArrayDeque<>();
    private @Nullable Writer summary;

    /**
     * Creates or replaces the files.
     *
     * @throws IOException if one cannot be written, with a sentence for people; nothing is left open then
     */
    static DetectOutputs open(DetectOptions options, StreamInfo stream) throws IOException {
        var outputs = new DetectOutputs();
        try {
            if (options.mot().isPresent()) {
                outputs.writers.add(outputs.keep(new MotWriter(options.mot().get())));
            }
            if (options.json().isPresent()) {
                outputs.writers.add(
                        outputs.keep(new JsonLinesWriter(options.json().get())));
            }
            if (options.summary().isPresent()) {
                outputs.summary =
                        outputs.keep(Files.newBufferedWriter(options.summary().get()));
            }
            if (options.annotate().isPresent()) {
                outputs.sinks.add(outputs.keep(new Mp4Writer(options.annotate().get(), stream)));
            }
            return outputs;
        } catch (IOException e) {
            outputs.close();
            throw e;
        }
    }

    private <T extends Closeable> T keep(T output) {
        open.push(output);
        return output;
    }

    List<ResultWriter> writers() {
        return writers;
    }

    /** Writes what the run came to, where that is wanted. */
    void summarise(String text) throws IOException {
        if (summary != null) {
            summary.write(text);
        }
    }

    List<FrameSink> sinks() {
        return sinks;
    }

    /** Completes all files, also when one of them fails. */
    @Override
    public void close() throws IOException {
        IOException failed = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** What a failure to write means, in a sentence for people. */
    static String words(IOException problem) {
        if (problem instanceof NoSuchFileException missing) {
            return missing.getFile() + ": cannot be written: there is no such folder";
        }
        if (problem instanceof AccessDeniedException denied) {
            return denied.getFile() + ": may not be written by this user";
        }
        if (problem instanceof FileSystemException other && other.getReason() != null) {
            return other.getFile() + ": cannot be written: " + other.getReason();
        }
        return String.valueOf(problem.getMessage());
    }
}
