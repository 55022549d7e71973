package io.sightline.engine.motion;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** A camera that looks at a textured yard, five times a second; what is to be seen is set field by field. */
final class Yard {
    static final int WIDTH = 320;
    static final int HEIGHT = 240;
    static final Duration INTERVAL = Duration.ofMillis(200);

    /** Left edge of a dark box of 32x64 pixels; negative: none. */
    int box = -1;

    int light;
    int shift;
    int flicker;
    Instant time = Instant.EPOCH.plus(Duration.ofDays(1));

    private final FramePool pool = new FramePool(1, FrameInfo.bytes(WIDTH, HEIGHT));
    private final Random random = new Random(4);
    private final byte[] texture = new byte[(WIDTH + 32) * HEIGHT];
    private long sequence;

    Yard() {
        var fixed = new Random(3);
        for (int i = 0; i < texture.length; i++) {
            int x = i % (WIDTH + 32) / 24;
            int y = i / (WIDTH + 32) / 24;
            texture[i] = (byte) (90 + (x * 7 + y * 13) % 5 * 18 + fixed.nextInt(9));
        }
    }

    Frame next() {
        time = time.plus(INTERVAL);
        var slot = pool.lease().orElseThrow();
        draw(slot.memory());
        return slot.publish(new FrameInfo("yard", ++sequence, time, WIDTH, HEIGHT));
    }

    int leased() {
        return pool.leased();
    }

    private void draw(ByteBuffer luma) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean inBox = box >= 0 && x >= box && x < box + 32 && y >= 100 && y < 164;
                int level = inBox ? 40 : texture[y * (WIDTH + 32) + x + 16 + shift] + light;
                luma.put(y * WIDTH + x, (byte) (level + random.nextInt(5)));
            }
        }
        for (int i = 0; i < flicker; i++) {
            luma.put(random.nextInt(WIDTH * HEIGHT), (byte) 255);
        }
    }
}
