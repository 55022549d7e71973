package io.sightline.engine.scene;

import io.sightline.engine.scene.Geometry.Size;
import io.sightline.engine.track.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One track's way through the scene. */
final class Visitor {
    /** Boxes tremble by less than this share of their height. */
    private static final double MARGIN = 0.08;

    /** Keeps a point that is cut off by the picture's border inside the picture. */
    private static final double WITHIN = 1e-6;

    private final Map<String, Stay> stays = new HashMap<>();
    private final Map<String, Crossing> crossings = new HashMap<>();
    private final Set<String> crossed = new LinkedHashSet<>();
    private @Nullable Point last;
    private @Nullable Instant lastSeen;

    /** Takes in where the track is now; it was seen. */
    void move(Track track, Drawn drawn, Moment now, List<SceneChange> changes) {
        var place = new Place(standing(track, now.size()), MARGIN * track.box().height());
        lastSeen = now.at();
        for (Zone zone : drawn.zones()) {
            boolean counts = zone.labels().isEmpty() || zone.labels().contains(track.label());
            stays.computeIfAbsent(zone.id(), id -> new Stay(zone)).move(track, counts ? place : null, now, changes);
        }
        for (Line line : drawn.lines()) {
            if (line.labels().isEmpty() || line.labels().contains(track.label())) {
                crossings.computeIfAbsent(line.id(), id -> new Crossing(line)).move(track, place, now, changes);
            }
        }
        last = place.point;
    }

    /** The track ended: it leaves where it was. */
    void end(Track track, List<SceneChange> changes) {
        stays.values().stream()
                .filter(Stay::isInside)
                .forEach(stay -> changes.add(new SceneChange.Left(track, stay.zone.id(), stay.stayed(lastSeen))));
    }

    List<String> zones() {
        return stays.values().stream()
                .filter(Stay::isInside)
                .map(stay -> stay.zone.id())
                .sorted()
                .toList();
    }

    List<String> linesCrossed() {
        return List.copyOf(crossed);
    }

    private static Point standing(Track track, Size size) {
        double x = (track.box().x() + track.box().width() / 2) / size.width();
        double y = track.box().bottom() / size.height();
        return new Point(within(x), within(y));
    }

    private static double within(double value) {
        return Math.max(WITHIN, Math.min(1 - WITHIN, value));
    }

    /** What the operator drew. */
    record Drawn(List<Zone> zones, List<Line> lines) {}

    /** When the frame was captured, and how large it is. */
    record Moment(Instant at, Size size) {}

    /** Where the track stands, and how many pixels around it are trembling. */
    private record Place(Point point, double margin) {}

    /** A visit to one zone. */
    private static final class Stay {
        private final Zone zone;
        private final SteadySide inside = new SteadySide(false);
        private Instant since = Instant.EPOCH;
        private boolean dwelled;

        Stay(Zone zone) {
            this.zone = zone;
        }

        boolean isInside() {
            return inside.is(true);
        }

        Duration stayed(@Nullable Instant until) {
            return until == null ? Duration.ZERO : Duration.between(since, until);
        }

        /** @param place null where a track of this label does not count */
        void move(Track track, @Nullable Place place, Moment now, List<SceneChange> changes) {
            boolean in = place != null && Geometry.inside(zone.polygon(), place.point);
            boolean clear =
                    place == null || Geometry.distanceToEdge(zone.polygon(), place.point, now.size) > place.margin;
            if (inside.moved(in, clear, now.at)) {
                changes.add(in ? entered(track, now) : left(track, now));
            }
            boolean longEnough = !zone.minDwell().isZero() && stayed(now.at).compareTo(zone.minDwell()) >= 0;
            if (isInside() && !dwelled && longEnough) {
                dwelled = true;
                changes.add(new SceneChange.Dwelled(track, zone.id(), stayed(now.at)));
            }
        }

        private SceneChange entered(Track track, Moment now) {
            since = inside.since(now.at);
            dwelled = false;
            return new SceneChange.Entered(track, zone.id());
        }

        private SceneChange left(Track track, Moment now) {
            return new SceneChange.Left(track, zone.id(), stayed(inside.since(now.at)));
        }
    }

    /** The relation to one line. */
    private final class Crossing {
        private final Line line;
        private final SteadySide right = new SteadySide(null);
        private boolean betweenEnds;

        Crossing(Line line) {
            this.line = line;
        }

        void move(Track track, Place place, Moment now, List<SceneChange> changes) {
            boolean isRight = isRight(place.point);
            if (last != null && isRight(last) != isRight) {
                betweenEnds = Geometry.passesBetweenEnds(line, last, place.point);
            }
            boolean clear = Geometry.distanceToLine(line, place.point, now.size) > place.margin;
            if (right.moved(isRight, clear, now.at) && betweenEnds) {
                crossed.add(line.id());
                changes.add(new SceneChange.Crossed(track, line.id(), isRight ? "a-to-b" : "b-to-a"));
            }
        }

        private boolean isRight(Point point) {
            return Geometry.rightOf(line.from(), line.to(), point) > 0;
        }
    }
}
