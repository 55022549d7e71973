package io.sightline.engine.scene;

import io.sightline.engine.detect.BoundingBox;
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

/**
 * One track's way through the scene.
 *
 * <p>No outside source: an object stands where its box ends below; {@link SteadySide} and {@link Crossing} name
 * theirs.
 */
final class Visitor {
    /** Boxes tremble by less than this share of their height. */
    private static final double MARGIN = 0.08;

    /** Keeps a point that is cut off by the picture's border inside the picture. */
    private static final double WITHIN = 1e-6;

    private final Map<String, Stay> stays = new HashMap<>();
    private final Map<String, Crossing> crossings = new HashMap<>();
    private final Set<String> crossed = new LinkedHashSet<>();
    private Track track;
    private BoundingBox box;
    private @Nullable Point last;
    private @Nullable Instant lastSeen;

    Visitor(Track track) {
        this.track = track;
        this.box = track.box();
    }

    /** As it stood after the newest frame. */
    Track track() {
        return track;
    }

    /** The frame did not show the track. */
    void unseen(Track now) {
        track = now;
    }

    /** Where it was seen last. */
    BoundingBox box() {
        return box;
    }

    /** When it was seen last, or null. */
    @Nullable
    Instant lastSeen() {
        return lastSeen;
    }

    /** This is the object of a track that got lost: it goes on with what that one had of the lines, who has it no more. */
    void takeOver(Visitor lost) {
        lost.crossings.forEach((line, crossing) -> crossings.put(line, new Crossing(crossing)));
        lost.crossings.clear();
        last = lost.last;
    }

    /** Takes in where the track is now; it was seen. */
    void move(Track now, Drawn drawn, Moment at, List<SceneChange> changes) {
        track = now;
        box = now.box();
        double height = Math.max(1, now.box().height());
        var place = new Place(standing(now.box(), at.size()), MARGIN * height);
        lastSeen = at.at();
        for (Crowd crowd : drawn.crowds()) {
            var zone = crowd.zone();
            boolean counts = zone.labels().isEmpty() || zone.labels().contains(now.label());
            stays.computeIfAbsent(zone.id(), id -> new Stay(crowd)).move(now, counts ? place : null, at, changes);
        }
        var stand = new Crossing.Stand(place.point, height, at.size(), at.at());
        for (Line line : drawn.lines()) {
            if (line.labels().isEmpty() || line.labels().contains(now.label())) {
                var crossing = crossings.computeIfAbsent(line.id(), id -> new Crossing(line));
                tell(line.id(), crossing.move(last, stand), changes);
            }
        }
        last = place.point;
    }

    /** The track ended: it leaves where it was. */
    void end(Track now, List<SceneChange> changes) {
        track = now;
        crossings.forEach((line, crossing) -> tell(line, crossing.end(), changes));
        stays.values().stream().filter(Stay::isInside).forEach(stay -> changes.add(stay.end(now, lastSeen)));
    }

    private void tell(String line, @Nullable String direction, List<SceneChange> changes) {
        if (direction != null) {
            crossed.add(line);
            changes.add(new SceneChange.Crossed(track, line, direction));
        }
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

    /** The middle of the bottom edge, in fractions of the picture and always inside it. */
    static Point standing(BoundingBox box, Size size) {
        double x = (box.x() + box.width() / 2) / size.width();
        double y = box.bottom() / size.height();
        return new Point(within(x), within(y));
    }

    private static double within(double value) {
        return Math.max(WITHIN, Math.min(1 - WITHIN, value));
    }

    /** What the operator drew. */
    record Drawn(List<Crowd> crowds, List<Line> lines) {}

    /** When the frame was captured, and how large it is. */
    record Moment(Instant at, Size size) {}

    /** Where the track stands, and how many pixels around it are trembling. */
    private record Place(Point point, double margin) {}

    /** A visit to one zone. */
    private static final class Stay {
        private final Zone zone;
        private final Crowd crowd;
        private final SteadySide inside = new SteadySide(false);
        private Instant since = Instant.EPOCH;
        private boolean dwelled;

        Stay(Crowd crowd) {
            this.crowd = crowd;
            this.zone = crowd.zone();
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
                changes.add(in ? entered(track, now) : left(track, inside.since(now.at)));
            }
            boolean longEnough = !zone.minDwell().isZero() && stayed(now.at).compareTo(zone.minDwell()) >= 0;
            if (isInside() && !dwelled && longEnough) {
                dwelled = true;
                changes.add(new SceneChange.Dwelled(track, zone.id(), stayed(now.at), crowd.inside()));
            }
        }

        SceneChange end(Track track, @Nullable Instant lastSeen) {
            return new SceneChange.Left(track, zone.id(), stayed(lastSeen), crowd.leave());
        }

        private SceneChange entered(Track track, Moment now) {
            since = inside.since(now.at);
            dwelled = false;
            return new SceneChange.Entered(track, zone.id(), crowd.enter());
        }

        private SceneChange left(Track track, Instant at) {
            return new SceneChange.Left(track, zone.id(), stayed(at), crowd.leave());
        }
    }
}
