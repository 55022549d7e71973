package io.sightline.camera;

import io.sightline.camera.streams.CameraStreams;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.RecentPictures;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource.Warning;
import io.sightline.engine.video.VideoSources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;

/** The readers of one camera's other streams: one for each address, whoever wants its packets. */
final class SecondStreams {
    /** Encoded video kept for snapshots: two seconds of a stream of 30 Mbit/s. */
    private static final long MOST_BYTES = 8L << 20;

    private final List<PacketReader> readers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Optional<RecentPictures> pictures;
    private final Optional<PacketTap> decoded;

    /**
     * What these readers and the one of the camera's own pictures know of each other.
     *
     * @param status whether the own pictures come
     */
    record Own(StatusReport status, SharedLogin login) {}

    /** @param thread makes a thread of a name and its work, not started */
    SecondStreams(
            CameraSourceSettings settings,
            CameraComponent component,
            Own own,
            BiFunction<String, Runnable, Thread> thread) {
        CameraStreams streams = settings.streams();
        pictures = streams.snapshot().map(uri -> new RecentPictures(VideoSources::decoder, MOST_BYTES));
        Map<String, List<PacketTap>> taps = new LinkedHashMap<>();
        streams.snapshot().ifPresent(uri -> add(taps, uri, pictures.orElseThrow()));
        Optional<PacketTap> recording = component.recordingTap(settings.id());
        streams.record().ifPresent(uri -> recording.ifPresent(tap -> add(taps, uri, tap)));
        decoded = recording.filter(tap -> streams.record().isEmpty());
        taps.forEach((uri, wanting) -> {
            VideoSettings video = settings.video().at(uri);
            var parts = new PacketReader.Parts(
                    component.packetOpener(),
                    component.clock(),
                    component.handshakeTurns(),
                    new ReconnectPauses(() -> ThreadLocalRandom.current().nextDouble(), own.login()),
                    own.status(),
                    component.guard());
            var silence = new SilenceLimit(settings.expectations().silenceLimit());
            var reader = new PacketReader(video, silence, wanting, parts);
            readers.add(reader);
            threads.add(thread.apply("camera-packets-" + readers.size() + "-", reader));
        });
    }

    private static void add(Map<String, List<PacketTap>> taps, String uri, PacketTap tap) {
        taps.computeIfAbsent(uri, any -> new ArrayList<>()).add(tap);
    }

    /** Pictures of the stream that snapshots are taken from, where it is another one. */
    Optional<RecentPictures> pictures() {
        return pictures;
    }

    /** Who wants the packets of the stream that is decoded, because no other one is recorded. */
    Optional<PacketTap> forDecoded() {
        return decoded;
    }

    Optional<Warning> trouble() {
        return readers.stream().flatMap(reader -> reader.trouble().stream()).findFirst();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Does not wait: see {@link #threads()}. */
    void stop() {
        readers.forEach(PacketReader::stop);
        threads.forEach(Thread::interrupt);
        pictures.ifPresent(RecentPictures::close);
    }

    List<Thread> threads() {
        return List.copyOf(threads);
    }
}
