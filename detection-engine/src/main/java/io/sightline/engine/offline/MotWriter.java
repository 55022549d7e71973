package io.sightline.engine.offline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes the text format of the MOT Challenge (Leal-Taixé et al., arXiv 1504.01942): one line per box, {@code
 * frame,id,x,y,width,height,confidence,-1,-1,-1}, frames from 1.
 */
public final class MotWriter implements ResultWriter {
    private final BufferedWriter out;

    public MotWriter(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    @Override
    public void write(FrameResult result) throws IOException {
        for (var tracked : result.boxes()) {
            var box = tracked.box();
            out.write(String.format(
                    Locale.ROOT,
                    "%d,%d,%.2f,%.2f,%.2f,%.2f,%.4f,-1,-1,-1\n",
                    result.frame().sequence(),
                    tracked.trackId(),
                    box.x(),
                    box.y(),
                    box.width(),
                    box.height(),
                    tracked.confidence()));
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
