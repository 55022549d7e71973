package io.sightline.engine.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whose turn it is: the camera that has had least of the workers' time, by its weight. A camera with a slow detector so
 * takes few turns, and those of the others stay theirs.
 *
 * <p>Start-time fair queueing (P. Goyal, H. M. Vin, H. Cheng: "Start-time Fair Queueing", IEEE/ACM Transactions on
 * Networking 5(5), 1997): whoever asks is given a start tag, the end of its last turn or a little less than the
 * virtual time, whichever is later; the smallest tag is next, and the virtual time is the largest tag that was taken. What
 * a turn costs is known when it is over, so it is charged then. Nobody saves up turns while it asks for none, and nobody
 * waits for ever: the tags of the others grow with each of their turns.
 *
 * <p>A camera waits with one item at most. Guarded by its owner's lock.
 */
final class FairQueue<T> {
    /** What any turn costs at least, so that turns too short to measure are shared as well. */
    private static final long CHEAPEST_NANOS = 1000;

    /**
     * How far a camera that asks for less than its share may lie behind the virtual time: it goes before all that ask for
     * more, and can save up no more than this; 400 ms of a worker at normal priority.
     */
    private static final long SLACK_NANOS = 100_000_000;

    private final PriorityQueue<Waiting<T>> waiting = new PriorityQueue<>();
    /** Where the last turn of a camera ended, in virtual nanoseconds; its start while it lasts. Missing: long ago. */
    private final Map<String, Double> ends = new HashMap<>();

    private final Set<String> served = new HashSet<>();
    private double virtualTime;
    private long places;

    private record Waiting<T>(T item, String camera, double tag, long place) implements Comparable<Waiting<T>> {
        @Override
        public int compareTo(Waiting<T> other) {
            int byTag = Double.compare(tag, other.tag);
            return byTag != 0 ? byTag : Long.compare(place, other.place);
        }
    }

    void add(T item, String camera) {
        waiting.add(new Waiting<>(item, camera, Math.max(longAgo(), ends.getOrDefault(camera, 0.0)), places++));
    }

    private double longAgo() {
        return virtualTime - SLACK_NANOS;
    }

    /** Takes what is next; its camera is served until it is {@link #charge charged}. */
    Optional<T> poll() {
        return poll(item -> true);
    }

    /** Takes what is next of that which fits. */
    Optional<T> poll(Predicate<T> fits) {
        var first = waiting.peek();
        if (first == null) {
            return Optional.empty();
        }
        if (fits.test(first.item)) {
            return Optional.of(taken(waiting.remove()));
        }
        return poll(fits, 1).stream().findFirst();
    }

    /** Takes more that fits, in the order of the turns, {@code most} at most. */
    List<T> poll(Predicate<T> fits, int most) {
        var more = new ArrayList<Waiting<T>>();
        waiting.stream().filter(one -> fits.test(one.item)).sorted().limit(most).forEach(more::add);
        waiting.removeAll(more);
        return more.stream().map(this::taken).toList();
    }

    private T taken(Waiting<T> next) {
        virtualTime = Math.max(virtualTime, next.tag);
        ends.put(next.camera, next.tag);
        served.add(next.camera);
        return next.item;
    }

    /** Ends a camera's turn. @param nanos the worker's time that it took */
    void charge(String camera, long nanos, Priority priority) {
        double cost = Math.max(CHEAPEST_NANOS, nanos) / (double) priority.weight();
        ends.merge(camera, longAgo() + cost, (start, unknown) -> start + cost);
        served.remove(camera);
        ends.entrySet().removeIf(end -> end.getValue() <= longAgo() && !served.contains(end.getKey()));
    }

    /** @return whether it waited */
    boolean remove(T item) {
        return waiting.removeIf(one -> one.item == item);
    }

    /** Takes out all. */
    List<T> drain() {
        var all = waiting.stream().sorted().map(Waiting::item).toList();
        waiting.clear();
        return all;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** Cameras that something is remembered of. */
    int remembered() {
        return ends.size();
    }
}
