package io.sightline.engine.packet;

import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.Mp4File;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Packets of real video, and made-up ones. */
final class Packets implements PacketTap {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final StreamFormat FORMAT = h264(new byte[] {1, 0x64, 0, 0x1f});
    private static final int H264 = 27;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int RATE = 25;

    final List<StreamFormat> formats = new ArrayList<>();
    final List<EncodedPacket> packets = new ArrayList<>();

    /** 640 x 360 pixels, with times in nanoseconds. */
    static StreamFormat h264(byte[] extra) {
        return new StreamFormat("h264", H264, 640, 360, extra, StreamFormat.Tick.NANOSECOND);
    }

    /** One of 40 ms, as number says. */
    static EncodedPacket made(int number, boolean key, int size) {
        long time = number * 40_000_000L;
        var bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) number);
        return new EncodedPacket(bytes, time, time, key, NOON.plusNanos(time));
    }

    /** H.264 of 160 x 120 pixels, 25 pictures a second. */
    static Path video(Path file, int frames) throws IOException {
        var pool = new FramePool(1, FrameInfo.bytes(160, 120));
        try (var writer = new Mp4File(file, new StreamInfo("test", 160, 120, RATE, 0))) {
            for (int i = 0; i < frames; i++) {
                FramePool.Slot slot = pool.lease().orElseThrow();
                ByteBuffer memory = slot.memory();
                for (int at = 0; at < FrameInfo.bytes(160, 120); at++) {
                    memory.put(at, (byte) (at < 160 * 120 ? 40 + (at + 7 * i) % 150 : 128));
                }
                try (Frame frame = slot.publish(new FrameInfo("test", i + 1L, NOON, 160, 120))) {
                    writer.write(frame, Duration.ofMillis(i * 1000L / RATE), List.of());
                }
            }
        }
        return file;
    }

    /** All that a file holds. */
    static Packets of(Path file) throws Exception {
        var tap = new Packets();
        try (VideoSource source = VideoSources.open(VideoSettings.of("test", "file:" + file), Clock.systemUTC())) {
            source.offerPackets(tap);
            while (source.next(PATIENCE).isPresent()) {
                // the tap has it
            }
        } catch (EndOfVideoException expected) {
            // all is read
        }
        return tap;
    }

    /** When a packet is shown, after the first one. */
    long millis(int number) {
        StreamFormat.Tick tick = formats.get(0).tick();
        return Math.round(tick.nanos(packets.get(number).pts()) / 1e6
                - tick.nanos(packets.get(0).pts()) / 1e6);
    }

    @Override
    public void format(StreamFormat format) {
        formats.add(format);
    }

    @Override
    public void packet(EncodedPacket packet) {
        packets.add(packet);
    }
}
