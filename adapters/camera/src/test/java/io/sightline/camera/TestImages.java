package io.sightline.camera;

import io.sightline.engine.video.DemoScene;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.JpegEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Folders of images, made on the spot. */
final class TestImages {
    private TestImages() {}

    static Path folder(int images) throws IOException {
        Path folder = Files.createTempDirectory("sightline-images");
        var scene = new DemoScene(1);
        var pool = new FramePool(1, FrameInfo.bytes(DemoScene.WIDTH, DemoScene.HEIGHT));
        for (int i = 0; i < images; i++) {
            FramePool.Slot slot = pool.lease().orElseThrow();
            scene.draw(i * 10L, slot.memory());
            var info = new FrameInfo("test", i + 1, Instant.EPOCH, DemoScene.WIDTH, DemoScene.HEIGHT);
            try (Frame frame = slot.publish(info)) {
                Path file = folder.resolve("%04d.jpg".formatted(i));
                Files.write(file, new JpegEncoder().encode(frame, List.of(), 320, 80));
                file.toFile().deleteOnExit();
            }
        }
        folder.toFile().deleteOnExit();
        return folder;
    }
}
