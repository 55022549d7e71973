package io.sightline.hub.console;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.Mp4File;
import io.sightline.engine.video.StreamInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A video in H.264 as a camera would send it: ten seconds of a grey place, and for a part of them somebody crosses it. */
public final class StreetVideo {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int RATE = 10;
    private static final int PICTURES = 10 * RATE;

    private StreetVideo() {}

    public static Path write(Path file) throws IOException {
        var pool = new FramePool(1, FrameInfo.bytes(WIDTH, HEIGHT));
        try (var writer = new Mp4File(file, new StreamInfo("street", WIDTH, HEIGHT, RATE, 0))) {
            for (int number = 0; number < PICTURES; number++) {
                FramePool.Slot slot = pool.lease().orElseThrow();
                draw(slot.memory(), number - PICTURES / 2);
                try (Frame frame = slot.publish(new FrameInfo("street", number + 1L, Instant.EPOCH, WIDTH, HEIGHT))) {
                    writer.write(frame, Duration.ofMillis(number * 1000L / RATE), List.of());
                }
            }
        }
        return file;
    }

    /** @param step of who crosses; nobody is there before the first */
    private static void draw(ByteBuffer i420, int step) {
        for (int at = 0; at < FrameInfo.bytes(WIDTH, HEIGHT); at++) {
            i420.put(at, (byte) (at < WIDTH * HEIGHT ? 100 + at * 7 % 5 : 128));
        }
        for (int y = 80; step >= 0 && y < 180; y++) {
            for (int x = step * 6; x < Math.min(WIDTH, step * 6 + 40); x++) {
                i420.put(y * WIDTH + x, (byte) 230);
            }
        }
    }
}
