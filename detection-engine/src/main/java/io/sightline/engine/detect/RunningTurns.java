package io.sightline.engine.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the workers look at now, and for whom there is room beside it.
 *
 * <p>As many turns as there are workers run side by side. A turn that has lasted longer than somebody who waits is patient
 * no longer counts for that one: it is patient for a few times what its own look usually takes, and a moment at least. So
 * a camera with a quick detector goes past those with slow ones, and a slow one waits for the slow ones before it: where
 * all take about as long, no more turns run than there are workers. A turn that was given up counts for nobody.
 *
 * <p>Guarded by the pool's lock.
 */
final class RunningTurns {
    /** How much longer than a camera's own look another turn may last before it no longer waits for it. */
    private static final int TIMES_ITS_OWN = 4;

    /** The newest look weighs so much in what is usual: one part of as many. */
    private static final int MEMORY = 8;

    /** More cameras than one hub serves; what was not looked at for longest is forgotten first. */
    private static final int MOST_CAMERAS = 1000;

    private final int workers;
    private final Duration leastPatience;
    private final List<InferenceTurn> turns = new ArrayList<>();

    private final Map<String, Duration> usual = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Duration> eldest) {
            return size() > MOST_CAMERAS;
        }
    };

    /**
     * @param workers turns that run side by side, at least 1
     * @param leastPatience how long anybody waits for a turn of others at least
     */
    RunningTurns(int workers, Duration leastPatience) {
        this.workers = workers;
        this.leastPatience = leastPatience;
    }

    void began(InferenceTurn turn) {
        turns.add(turn);
    }

    /** It is over; how long it took is remembered of each of its cameras. */
    void ended(InferenceTurn turn) {
        turns.remove(turn);
        turn.requests().forEach(request -> learn(request.cameraId(), request.inference()));
    }

    private void learn(String camera, Duration took) {
        usual.merge(camera, took, (before, now) -> before.plus(now.minus(before).dividedBy(MEMORY)));
    }

    /** Turns that run, those included that were given up. */
    int size() {
        return turns.size();
    }

    /** Turns that were given up and still run. */
    int givenUp() {
        return (int) turns.stream().filter(InferenceTurn::isGivenUp).count();
    }

    boolean hasRoomFor(InferenceRequest request) {
        if (turns.size() < workers) {
            return true;
        }
        var patience = patience(request);
        return turns.stream()
                        .filter(turn -> !turn.isGivenUp() && turn.running().compareTo(patience) <= 0)
                        .count()
                < workers;
    }

    private Duration patience(InferenceRequest request) {
        var own = usual.getOrDefault(request.cameraId(), Duration.ZERO).multipliedBy(TIMES_ITS_OWN);
        return own.compareTo(leastPatience) > 0 ? own : leastPatience;
    }
}
