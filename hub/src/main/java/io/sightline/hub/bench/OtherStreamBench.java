package io.sightline.hub.bench;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.RecentPictures;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a main stream costs that is not looked at: its packets, a snapshot out of it at the moment wanted, and a snapshot
 * from its last key picture, which is cheaper and up to the distance of key pictures too old.
 */
final class OtherStreamBench {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 64L << 20;
    private static final int ASKED = 10;

    /** Every snapshot begins at its key picture: steps that no group of pictures is as short as. */
    private static final int STEP = 71;

    private final BenchPlan plan;
    private final Path clip;
    private final int frames;

    OtherStreamBench(BenchPlan plan, Path clip, int frames) {
        this.plan = plan;
        this.clip = clip;
        this.frames = frames;
    }

    /** Keeps nothing. */
    private static final class Nobody implements PacketTap {
        @Override
        public void format(StreamFormat format) {
            // nobody is told
        }

        @Override
        public void packet(EncodedPacket packet) {
            // nobody is told
        }
    }

    List<Figure> figures() throws Exception {
        plan.progress().accept("decode: " + clip.getFileName() + " as a main stream");
        var rounds = Math.max(1, plan.rounds() / 4);
        var packets = new double[rounds];
        var wanted = new double[rounds];
        var key = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            int at = Math.max(0, round);
            packets[at] = packets();
            wanted[at] = snapshot(false);
            key[at] = snapshot(true);
        }
        return List.of(
                row("CPU ms per packet of a main stream, not decoded", packets),
                row("CPU ms of a snapshot, at the moment wanted", wanted),
                row("CPU ms of a snapshot, from a key picture", key));
    }

    private Figure row(String name, double[] values) {
        return Figure.alone("decode", name + ", " + clip.getFileName(), Turns.median(values), Verdict.MEASURED);
    }

    private PacketSource open() throws Exception {
        return VideoSources.openPackets(
                VideoSettings.of("bench", "file:" + clip), Clock.systemUTC(), AddressGuard.open(), () -> {});
    }

    private double packets() throws Exception {
        try (PacketSource source = open()) {
            var nobody = new Nobody();
            return ThreadCpu.millisPer(frames, () -> {
                for (int i = 0; i < frames; i++) {
                    source.next(PATIENCE, nobody);
                }
            });
        }
    }

    private double snapshot(boolean atKey) throws Exception {
        try (PacketSource source = open();
                var recent = new RecentPictures(VideoSources::decoder, MOST_BYTES)) {
            recent.format(source.format());
            var taken = new ArrayList<Instant>();
            var times = new Times(recent, taken, atKey);
            double cpu = 0;
            int asked = 0;
            for (int i = 1; i <= frames; i++) {
                source.next(PATIENCE, times);
                if (i % STEP == 0 && asked < ASKED) {
                    asked++;
                    cpu += ThreadCpu.millisPer(1, () -> ask(recent, taken.get(taken.size() - 1)));
                }
            }
            return cpu / asked;
        }
    }

    private static void ask(RecentPictures recent, Instant moment) throws Exception {
        recent.like(new FrameInfo("bench", 1, moment, 1, 1)).orElseThrow().close();
    }

    /** Gives packets times that lie apart as those of a camera do: a file is read at once. */
    private record Times(RecentPictures recent, List<Instant> taken, boolean onlyKeys) implements PacketTap {
        private static final Duration APART = Duration.ofMillis(40);

        @Override
        public void format(StreamFormat format) {
            recent.format(format);
        }

        @Override
        public void packet(EncodedPacket packet) {
            Instant time = Instant.EPOCH.plus(APART.multipliedBy(taken.size() + 1L));
            if (packet.key() || !onlyKeys) {
                taken.add(time);
                recent.packet(new EncodedPacket(packet.bytes(), packet.pts(), packet.dts(), packet.key(), time));
            }
        }
    }
}
