package io.sightline.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class QuietClipTest {
    private static final int BUSY = QuietClip.FRAMES / 20;
    private static final int PHASE = 30;

    /** Pixels that differ by more than this are no noise. */
    private static final int CLEARLY = 25;

    @TempDir
    Path folder;

    @Test
    void shouldMoveInOneFrameOfTwenty() throws Exception {
        Path file = folder.resolve("clip.mp4");

        new QuietClip().write(file, PHASE);

        var changed = new int[QuietClip.FRAMES];
        try (VideoSource source = SampleFrames.open(file)) {
            assertThat(source.stream())
                    .isEqualTo(new StreamInfo(
                            "h264", QuietClip.WIDTH, QuietClip.HEIGHT, QuietClip.FRAMES_PER_SECOND, QuietClip.FRAMES));
            var before = new byte[QuietClip.WIDTH * QuietClip.HEIGHT];
            var now = before.clone();
            var memory = ByteBuffer.allocateDirect(before.length * 3 / 2);
            for (int i = 0; i < QuietClip.FRAMES; i++) {
                source.next(Duration.ofSeconds(5)).orElseThrow().copyTo(memory);
                memory.get(0, now);
                for (int at = 0; at < now.length; at++) {
                    changed[i] += Math.abs((now[at] & 0xff) - (before[at] & 0xff)) > CLEARLY ? 1 : 0;
                }
                System.arraycopy(now, 0, before, 0, now.length);
            }
        }
        int start = QuietClip.FRAMES - PHASE;
        for (int i = 1; i < QuietClip.FRAMES; i++) {
            boolean busy = i >= start && i <= start + BUSY;
            assertThat(changed[i]).as("frame " + i).matches(pixels -> busy ? pixels > 200 : pixels < 50);
        }
    }
}
