package io.sightline.engine.offline;

import java.io.Closeable;
import java.io.IOException;

/** Receives the results of a run, one for every frame, in order, a few frames late. Called by one thread. */
public interface ResultWriter extends Closeable {

    void write(FrameResult result) throws IOException;
}
