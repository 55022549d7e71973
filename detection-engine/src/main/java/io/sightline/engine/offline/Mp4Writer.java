package io.sightline.engine.offline;

import io.sightline.engine.track.Track;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.Mp4File;
import io.sightline.engine.video.Overlay;
import io.sightline.engine.video.StreamInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the pictures of a run as an MP4 file, with a box and label, number and confidence around each track. Pictures
 * keep the distance in time that they have in the recording.
 */
public final class Mp4Writer implements FrameSink {
    private final Mp4File file;
    private @Nullable Instant first;

    /** @param stream of the recording */
    public Mp4Writer(Path file, StreamInfo stream) throws IOException {
        this.file = new Mp4File(file, stream);
    }

    @Override
    public void write(Frame frame, List<Track> tracks) throws IOException {
        var capturedAt = frame.info().capturedAt();
        var start = first == null ? capturedAt : first;
        first = start;
        file.write(
                frame,
                Duration.between(start, capturedAt),
                tracks.stream().map(Mp4Writer::box).toList());
    }

    private static Overlay box(Track track) {
        return new Overlay.Box(
                track.box(),
                String.format(Locale.ROOT, "%s %d %.0f%%", track.label(), track.id(), track.confidence() * 100));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
