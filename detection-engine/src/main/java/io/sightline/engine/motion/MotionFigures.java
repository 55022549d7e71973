package io.sightline.engine.motion;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.track.Tracker;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well the gate does on drawn scenes, against the same pipeline without it: a detector that sees a walker nine times
 * in ten, and the tracker. The same for the same seeds.
 */
public final class MotionFigures {
    private static final long MILLIS_PER_FRAME = 1000 / DrawnScene.FRAMES_PER_SECOND;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    private MotionFigures() {}

    /**
     * One kind of weather.
     *
     * @param events objects that were followed when every frame was looked at
     * @param found how many of these the gated run followed as well
     * @param latest how much later it told of one of them, at worst
     * @param moving share of the frames that hold a moving object, 0 to 1
     * @param looked share of the frames that were looked at, 0 to 1
     * @param lookedStill the same where nobody ever comes
     * @param gateMillis processor time of the gate per frame
     */
    public record Row(
            Weather weather,
            int events,
            int found,
            Duration latest,
            double moving,
            double looked,
            double lookedStill,
            double gateMillis) {}

    /** All kinds of weather. */
    public record Figures(List<Row> rows) {
        public Figures {
            rows = List.copyOf(rows);
        }

        /** Share of the events that were found, 0 to 1. */
        public double recall() {
            double events = rows.stream().mapToInt(Row::events).sum();
            return events == 0 ? 1 : rows.stream().mapToInt(Row::found).sum() / events;
        }

        /** Inferences per frame where one frame in twenty holds a moving object; mean over the kinds of weather. */
        public double looked() {
            return rows.stream().mapToDouble(Row::looked).average().orElse(0);
        }

        /** Inferences per frame on the scene that is still but for its noise. */
        public double lookedStill() {
            return rows.stream()
                    .filter(row -> row.weather() == Weather.NOISE)
                    .mapToDouble(Row::lookedStill)
                    .average()
                    .orElse(0);
        }

        /** Share of the frames that hold a moving object. */
        public double moving() {
            return rows.stream().mapToDouble(Row::moving).average().orElse(0);
        }
    }

    /**
     * Runs all kinds of weather. Takes about a second for each kind, seed and 20 minutes of scene.
     *
     * @param seeds one scene each
     * @param length of each scene; at least some minutes, because somebody comes every 150 s
     */
    public static Figures measure(List<Long> seeds, Duration length) {
        var rows = new ArrayList<Row>();
        for (Weather weather : Weather.values()) {
            rows.add(row(weather, seeds, length));
        }
        return new Figures(rows);
    }

    private static Row row(Weather weather, List<Long> seeds, Duration length) {
        int events = 0;
        int found = 0;
        long latest = 0;
        double moving = 0;
        double looked = 0;
        double still = 0;
        long nanos = 0;
        long frames = length.toMillis() / MILLIS_PER_FRAME;
        for (long seed : seeds) {
            var scene = new DrawnScene(weather, seed, true);
            var all = new Run(scene).ungated(frames);
            var gated = new Run(scene).gated(frames);
            var quiet = new Run(new DrawnScene(weather, seed, false)).gated(frames);
            for (Event event : all.events) {
                var same = gated.events.stream().filter(event::meets).findFirst();
                events++;
                found += same.isPresent() ? 1 : 0;
                latest = Math.max(
                        latest, same.map(other -> other.told - event.told).orElse(0L));
            }
            moving += (double) all.moving / frames / seeds.size();
            looked += (double) gated.looked / frames / seeds.size();
            still += (double) quiet.looked / frames / seeds.size();
            nanos += gated.nanos;
        }
        double millis = nanos / NANOS_PER_MILLI / frames / seeds.size();
        var late = Duration.ofMillis(latest * MILLIS_PER_FRAME);
        return new Row(weather, events, found, late, moving, looked, still, millis);
    }

    /** A followed object: the frames in which it was told and in which it ended. */
    private static final class Event {
        private final int track;
        private final long told;
        private long until;

        private Event(int track, long frame) {
            this.track = track;
            this.told = frame;
            this.until = frame;
        }

        private boolean meets(Event other) {
            return told <= other.until && other.told <= until;
        }
    }

    /** One pass over one scene. */
    private static final class Run {
        private final DrawnScene scene;
        private final MotionGate gate = new MotionGate(MotionSettings.defaults());
        private final Tracker tracker = new Tracker(TrackerSettings.defaults(0.6));
        private final FramePool pool = new FramePool(1, FrameInfo.bytes(DrawnScene.WIDTH, DrawnScene.HEIGHT));
        private final List<Event> events = new ArrayList<>();
        private long looked;
        private long moving;
        private long nanos;

        Run(DrawnScene scene) {
            this.scene = scene;
        }

        /** Nothing needs to be drawn for that. */
        Run ungated(long frames) {
            for (long number = 0; number < frames; number++) {
                moving += scene.truth(number).isPresent() ? 1 : 0;
                track(info(number), scene.seen(number));
            }
            return this;
        }

        Run gated(long frames) {
            for (long number = 0; number < frames; number++) {
                var slot = pool.lease().orElseThrow();
                scene.draw(number, slot.memory());
                try (Frame frame = slot.publish(info(number))) {
                    gated(frame, number);
                }
            }
            return this;
        }

        private void gated(Frame frame, long number) {
            long start = PROCESSOR.getCurrentThreadCpuTime();
            var verdict = gate.judge(frame, tracker.followedBoxes());
            nanos += PROCESSOR.getCurrentThreadCpuTime() - start;
            if (verdict instanceof Verdict.Look look) {
                gate.looked(frame, look);
                looked++;
                track(frame.info(), scene.seen(number));
            } else {
                track(frame.info(), Optional.empty());
            }
        }

        private void track(FrameInfo frame, Optional<BoundingBox> seen) {
            var objects = seen.map(MotionFigures::person).stream().toList();
            var update = tracker.update(new Observation(frame, objects));
            long number = frame.sequence();
            update.started().forEach(track -> events.add(new Event(track.id(), number)));
            update.active().forEach(track -> events.stream()
                    .filter(event -> event.track == track.id())
                    .forEach(event -> event.until = number));
        }

        private static FrameInfo info(long number) {
            var time = Instant.EPOCH.plusMillis(number * MILLIS_PER_FRAME);
            return new FrameInfo("drawn", number, time, DrawnScene.WIDTH, DrawnScene.HEIGHT);
        }
    }

    private static SeenObject person(BoundingBox box) {
        return new SeenObject("person", 0.8, box);
    }
}
