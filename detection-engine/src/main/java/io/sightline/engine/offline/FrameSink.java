package io.sightline.engine.offline;

import io.sightline.engine.track.Track;
import io.sightline.engine.video.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Receives the pictures of a run with what was known of them at that moment, in order. Called by one thread. */
public interface FrameSink extends Closeable {

    /**
     * @param frame valid during the call
     * @param tracks those that the frame shows
     */
    void write(Frame frame, List<Track> tracks) throws IOException;
}
