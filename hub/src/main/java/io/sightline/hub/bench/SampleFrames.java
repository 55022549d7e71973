package io.sightline.hub.bench;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The first frames of a video, decoded and kept. */
final class SampleFrames implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Frame> frames = new ArrayList<>();

    /** @throws VideoException if the video is shorter or cannot be read */
    SampleFrames(Path video, int count) throws VideoException {
        try (VideoSource source = open(video)) {
            var stream = source.stream();
            var pool = new FramePool(count, FrameInfo.bytes(stream.width(), stream.height()));
            while (frames.size() < count) {
                var picture = source.next(PATIENCE).orElseThrow();
                var slot = pool.lease().orElseThrow();
                picture.copyTo(slot.memory());
                frames.add(slot.publish(new FrameInfo(
                        "bench", frames.size() + 1L, picture.capturedAt(), picture.width(), picture.height())));
            }
        } catch (VideoException e) {
            close();
            throw e;
        }
    }

    static VideoSource open(Path video) throws VideoException {
        return VideoSources.open(VideoSettings.of("bench", "file:" + video), Clock.systemUTC());
    }

    List<Frame> all() {
        return frames;
    }

    @Override
    public void close() {
        frames.forEach(Frame::close);
        frames.clear();
    }
}
