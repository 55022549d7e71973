package io.sightline.engine.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many are in one zone, and whether they are a crowd; a change counts when it has lasted.
 *
 * <p>No outside source: a count, and a time.
 */
final class Crowd {
    private final Zone zone;
    private int inside;
    private @Nullable Instant crowdedSince;
    private @Nullable Instant otherSince;

    Crowd(Zone zone) {
        this.zone = zone;
    }

    Zone zone() {
        return zone;
    }

    int inside() {
        return inside;
    }

    /** @return how many are in now */
    int enter() {
        return ++inside;
    }

    /** @return how many are in now */
    int leave() {
        return --inside;
    }

    /** To be asked once per frame, after everybody has moved. */
    void look(Instant now, List<SceneChange> changes) {
        boolean many = zone.crowd() > 0 && inside >= zone.crowd();
        boolean crowded = crowdedSince != null;
        if (many == crowded) {
            otherSince = null;
            return;
        }
        otherSince = otherSince == null ? now : otherSince;
        if (Duration.between(otherSince, now).compareTo(zone.crowdAfter()) >= 0) {
            turn(otherSince, changes);
        }
    }

    private void turn(Instant at, List<SceneChange> changes) {
        if (crowdedSince == null) {
            crowdedSince = at;
            changes.add(new SceneChange.CrowdStarted(zone.id(), inside));
        } else {
            changes.add(new SceneChange.CrowdEnded(zone.id(), inside, Duration.between(crowdedSince, at)));
            crowdedSince = null;
        }
        otherSince = null;
    }
}
