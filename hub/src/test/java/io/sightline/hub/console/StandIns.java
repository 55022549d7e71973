package io.sightline.hub.console;

import io.sightline.hub.api.CameraFigures;
import io.sightline.hub.api.Detections;
import io.sightline.hub.api.Events;
import io.sightline.hub.api.LivePictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;

/** A small world that stands still unless a test moves it: one picture, and the detections that the test tells of. */
@Configuration(proxyBeanMethods = false)
@Profile(StandIns.PROFILE)
class StandIns {
    static final String PROFILE = "stand-ins";
    static final String HASH = "0".repeat(64);

    private static final byte[] JPEG = draw();

    @Bean
    @Primary
    KnownDetections knownDetections() {
        return new KnownDetections();
    }

    @Bean
    @Primary
    CameraFigures knownFigures() {
        return camera -> Map.of("frames_read", 120, "frames_inferred", 40, "frames_lost", 3, "fps", 5.0);
    }

    @Bean
    @Primary
    LivePictures knownPictures() {
        return camera -> camera.equals("gate") ? Optional.of(new StillWatch()) : Optional.empty();
    }

    private static final class StillWatch implements LivePictures.Watch {
        @Override
        public Optional<byte[]> next(Duration patience) throws InterruptedException {
            Thread.sleep(100);
            return Optional.of(JPEG);
        }

        @Override
        public void close() {}
    }

    /** Detections and the events of them. */
    static final class KnownDetections implements Detections, Events {
        private final List<Map<String, Object>> newestFirst = new CopyOnWriteArrayList<>();
        private final List<Stored> events = new CopyOnWriteArrayList<>();
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        void see(String id, String type) {
            String now = Instant.now().toString();
            newestFirst.add(
                    0,
                    Map.of(
                            "id",
                            id,
                            "camera_id",
                            "gate",
                            "type",
                            type,
                            "timestamp",
                            now,
                            "confidence",
                            0.83,
                            "bounding_box",
                            Map.of("x", 200, "y", 60, "width", 60, "height", 160),
                            "snapshot",
                            Map.of("href", "/api/v1/snapshots/" + HASH + ".jpg", "sha256", HASH)));
            String json =
                    """
                    {"specversion":"1.0","id":"event-%1$s","type":"io.sightline.detection.started","subject":"gate",
                     "data":{"id":"%1$s","camera_id":"gate","type":"%2$s","confidence":0.83,"started_at":"%3$s",
                             "bounding_box":{"x":200,"y":60,"width":60,"height":160},"zones":["crossing"],
                             "snapshot":{"href":"/api/v1/snapshots/%4$s.jpg"}}}"""
                            .formatted(id, type, now, HASH);
            events.add(new Stored("event-" + id, json.getBytes(StandardCharsets.UTF_8)));
            listeners.forEach(Runnable::run);
        }

        @Override
        public Page find(Query query) {
            return new Page(List.copyOf(newestFirst), newestFirst.size(), null);
        }

        @Override
        public Optional<Map<String, Object>> get(String id) {
            return newestFirst.stream().filter(one -> one.get("id").equals(id)).findFirst();
        }

        @Override
        public Map<String, Long> count(Instant from) {
            return Map.of("person", (long) newestFirst.size());
        }

        @Override
        public Optional<String> snapshotHash(String id) {
            return Optional.of(HASH);
        }

        @Override
        public Optional<byte[]> snapshot(String sha256) {
            return Optional.of(JPEG);
        }

        @Override
        public Batch after(Optional<String> after, int limit) {
            var found = new ArrayList<>(events);
            int known = after.map(id -> indexOf(id) + 1).orElse(0);
            return new Batch(List.copyOf(found.subList(known, found.size())), false);
        }

        private int indexOf(String id) {
            return events.stream().map(Stored::id).toList().indexOf(id);
        }

        @Override
        public Optional<String> newestId() {
            return events.isEmpty()
                    ? Optional.empty()
                    : Optional.of(events.get(events.size() - 1).id());
        }

        @Override
        public void listen(Runnable wake) {
            listeners.add(wake);
        }
    }

    private static byte[] draw() {
        var picture = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setColor(new Color(0x5f6b5a));
        pen.fillRect(0, 0, 640, 360);
        pen.setColor(new Color(0x3b4a6b));
        pen.fillOval(215, 60, 30, 34);
        pen.fillRect(205, 95, 50, 120);
        pen.setColor(Color.YELLOW);
        pen.drawRect(200, 60, 60, 160);
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
