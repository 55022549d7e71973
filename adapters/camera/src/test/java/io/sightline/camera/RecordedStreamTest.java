package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.camera.streams.CameraStreams;
import io.sightline.camera.streams.RecordingTaps;
import io.sightline.engine.net.Tls;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.Mp4File;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Which of a camera's streams is recorded, and how many connections that takes. */
@Timeout(60)
class RecordedStreamTest {
    @TempDir(cleanup = CleanupMode.NEVER)
    static Path folder;

    private final CamelContext camel = new DefaultCamelContext();
    private final List<String> recorded = new CopyOnWriteArrayList<>();
    private final AtomicInteger packets = new AtomicInteger();
    private boolean wanted = true;

    @BeforeEach
    void listen() {
        camel.getShutdownStrategy().setTimeout(5);
        camel.getRegistry().bind("taps", (RecordingTaps) id -> Optional.of(tap()));
    }

    @AfterEach
    void stop() {
        camel.stop();
        assertThat(packetThreads()).isZero();
    }

    @Test
    void shouldRecordTheStreamThatIsLookedAtWhereThereIsNoOther() throws Exception {
        start(Optional.empty(), Optional.empty());

        await().until(() -> packets.get() > 3);
        assertThat(recorded).containsOnly("160x120");
        assertThat(packetThreads()).isZero();
    }

    @Test
    void shouldRecordTheStreamThatIsGivenForIt() throws Exception {
        start(Optional.of(address("main", 320, 240)), Optional.of(address("third", 640, 480)));

        await().until(() -> packets.get() > 3);
        assertThat(recorded).containsOnly("640x480");
        assertThat(packetThreads()).isEqualTo(2);
    }

    @Test
    void shouldReadAStreamOnceForSnapshotsAndRecordings() throws Exception {
        String main = address("main", 320, 240);
        start(Optional.of(main), Optional.of(main));

        await().until(() -> packets.get() > 3);
        assertThat(recorded).containsOnly("320x240");
        assertThat(packetThreads()).isEqualTo(1);
        assertThat(camel.getComponent("camera", CameraComponent.class).pictures("gate"))
                .hasValueSatisfying(kept -> assertThat(kept.bytes()).isPositive());
    }

    @Test
    void shouldLeaveOutWhatNobodyWants() throws Exception {
        wanted = false;
        start(Optional.empty(), Optional.empty());

        await().until(() -> camel.getComponent("camera", CameraComponent.class)
                        .figures()
                        .get("gate")
                        .framesHandled()
                > 5);
        assertThat(recorded).containsOnly("160x120");
        assertThat(packets).hasValue(0);
    }

    private void start(Optional<String> snapshot, Optional<String> record) throws Exception {
        var settings = new CameraSourceSettings(
                "gate",
                address("sub", 160, 120),
                Optional.empty(),
                Optional.empty(),
                Transport.TCP,
                CameraExpectations.USUAL,
                25,
                true,
                true,
                Tls.STANDARD,
                new CameraStreams(snapshot, record, Decode.EVERYTHING));
        camel.getRegistry().bind("catalog", (CameraCatalog) id -> Optional.of(settings));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("camera:gate").routeId("cam").process(exchange -> {});
            }
        });
        camel.start();
    }

    private PacketTap tap() {
        return new PacketTap() {
            @Override
            public void format(StreamFormat format) {
                recorded.add(format.width() + "x" + format.height());
            }

            @Override
            public void packet(EncodedPacket packet) {
                packets.incrementAndGet();
            }

            @Override
            public boolean wants() {
                return wanted;
            }
        };
    }

    private static long packetThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("camera-packets-"))
                .count();
    }

    /** Of a video of two seconds. */
    private static String address(String name, int width, int height) throws IOException {
        Path file = folder.resolve(name + ".mp4");
        if (!file.toFile().exists()) {
            var pool = new FramePool(1, FrameInfo.bytes(width, height));
            try (var writer = new Mp4File(file, new StreamInfo(name, width, height, 25, 0))) {
                for (int i = 0; i < 50; i++) {
                    FramePool.Slot slot = pool.lease().orElseThrow();
                    ByteBuffer memory = slot.memory();
                    for (int at = 0; at < FrameInfo.bytes(width, height); at++) {
                        memory.put(at, (byte) (at < width * height ? 40 + (at + 7 * i) % 150 : 128));
                    }
                    try (Frame frame = slot.publish(new FrameInfo(name, i + 1L, Instant.EPOCH, width, height))) {
                        writer.write(frame, Duration.ofMillis(i * 40L), List.of());
                    }
                }
            }
        }
        return "file:" + file;
    }
}
