package io.sightline.engine.scene;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.track.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who was lost a moment ago. An object that was hidden may come back as a new track; a line that lies between must be
 * counted all the same. So a new track goes on for the lost one that it fits best: of the same label and size, and
 * where that one would be by now.
 *
 * <p>No outside source: our own rules, measured by {@link LineCountFigures}.
 */
final class LostOnes {
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** Who is overlooked for less is not lost. */
    private static final Duration BLINK = Duration.ofMillis(200);

    /** Who is away for longer is known only by standing where it stood. */
    private static final double AWAY = 2.5;

    private static final double SAME_PLACE = 0.45;

    /** How far from where it is expected a lost one may come back, in its heights, at once and more per second. */
    private static final double REACH = 0.6;

    private static final double REACH_PER_SECOND = 0.5;
    private static final double FURTHEST = 1.1;
    private static final double SIZE = 1.35;
    private static final double MILLIS = 1000;

    private final Deque<Ended> ended = new ArrayDeque<>();

    void add(Visitor visitor, Instant at) {
        ended.add(new Ended(visitor, at));
    }

    /** @param living all visitors of tracks that live on; those that are not seen now are lost */
    Optional<Visitor> find(Track fresh, Collection<Visitor> living, Visitor.Moment now) {
        while (!ended.isEmpty() && since(ended.getFirst().at, now.at()).compareTo(REMEMBERED) > 0) {
            ended.removeFirst();
        }
        var best = new Best(fresh, now.at());
        living.stream().filter(visitor -> isLost(visitor, now.at())).forEach(best::consider);
        ended.forEach(one -> best.consider(one.visitor));
        if (best.visitor != null) {
            ended.removeIf(one -> one.visitor == best.visitor);
        }
        return Optional.ofNullable(best.visitor);
    }

    private static boolean isLost(Visitor visitor, Instant now) {
        var lastSeen = visitor.lastSeen();
        return !visitor.track().seen()
                && lastSeen != null
                && since(lastSeen, now).compareTo(BLINK) >= 0;
    }

    private static Duration since(Instant then, Instant now) {
        return Duration.between(then, now);
    }

    private record Ended(Visitor visitor, Instant at) {}

    /** The nearest so far. */
    private static final class Best {
        private final Track fresh;
        private final Instant now;
        private double nearest = Double.POSITIVE_INFINITY;
        private @Nullable Visitor visitor;

        Best(Track fresh, Instant now) {
            this.fresh = fresh;
            this.now = now;
        }

        private static double distance(BoundingBox a, BoundingBox b) {
            return Math.hypot(a.x() + a.width() / 2 - b.x() - b.width() / 2, a.bottom() - b.bottom());
        }

        void consider(Visitor lost) {
            var lastSeen = lost.lastSeen();
            if (lastSeen == null || !lost.track().label().equals(fresh.label())) {
                return;
            }
            var other = fresh.box();
            double size = lost.box().height() / other.height();
            double gap = since(lastSeen, now).toMillis() / MILLIS;
            double stayed = distance(lost.box(), other) / other.height();
            double went = distance(lost.track().box(), other) / other.height();
            double distance = gap > AWAY ? stayed : Math.min(stayed, went);
            double reach = gap > AWAY ? SAME_PLACE : Math.min(FURTHEST, REACH + REACH_PER_SECOND * gap);
            if (size < SIZE && size > 1 / SIZE && distance < reach && distance < nearest) {
                nearest = distance;
                visitor = lost;
            }
        }
    }
}
