package io.sightline.hub.counts;

import io.sightline.hub.counts.Presences.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what events say. Each event once, within the transaction that stores it and after its detection was written;
 * one thread. Events that come late, such as one replayed from the dead letters, count as a visit that is over, so that
 * nobody stays for ever. What does not say where or whom is not counted.
 */
public final class EventCounter {
    private final DailyReset daily;
    /** How many are in a camera's picture, by label; since the start of the hub, before which nobody is there. */
    private final Map<String, Map<String, Integer>> present = new ConcurrentHashMap<>();

    public EventCounter(DailyReset daily) {
        this.daily = daily;
    }

    /** How many are in the picture of a camera, of all labels, as far as the events of this run tell; any thread. */
    public int present(String camera) {
        return present.getOrDefault(camera, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** @param jdbc of the transaction */
    public void count(JdbcClient jdbc, CountedEvent event) {
        switch (event.type()) {
            case "io.sightline.detection.started", "io.sightline.zone.entered" -> enter(jdbc, event);
            case "io.sightline.detection.updated" -> relabel(jdbc, event);
            case "io.sightline.detection.ended" -> end(jdbc, event);
            case "io.sightline.zone.left" -> leave(jdbc, event);
            case "io.sightline.line.crossed" -> cross(jdbc, event);
            case "io.sightline.system" -> forget(jdbc, event);
            default -> {}
        }
    }

    private void enter(JdbcClient jdbc, CountedEvent event) {
        if (event.series().isEmpty() || event.detection().isEmpty()) {
            return;
        }
        CountSeries series = event.series().get();
        String detection = event.detection().get();
        var presences = new Presences(jdbc);
        var known = presences.find(detection, series);
        boolean late = known.map(one -> one.sequence().compareTo(event.sequence()) > 0)
                .orElseGet(() -> presences.ended(detection));
        if (late) {
            change(jdbc, series, Tally.Change.passed(event.happened()));
        } else if (known.isPresent() && known.get().here()) {
            CountSeries as = known.get().series(); // that it left is still to come, or lost
            change(jdbc, as, Tally.Change.passed(event.happened()));
            presences.put(detection, new Presence(as, true, event.sequence()));
        } else {
            change(jdbc, series, Tally.Change.in(event.happened()));
            presences.put(detection, new Presence(series, true, event.sequence()));
        }
    }

    private void leave(JdbcClient jdbc, CountedEvent event) {
        if (event.series().isEmpty() || event.detection().isEmpty()) {
            return;
        }
        String detection = event.detection().get();
        var presences = new Presences(jdbc);
        var known = presences.find(detection, event.series().get());
        boolean late = known.map(one -> one.sequence().compareTo(event.sequence()) > 0)
                .orElseGet(() -> presences.ended(detection));
        if (late) {
            return; // counted with what came before it
        }
        CountSeries series = known.map(Presence::series).orElse(event.series().get());
        if (known.isPresent() && known.get().here()) {
            change(jdbc, series, Tally.Change.out(event.happened()));
        }
        presences.put(detection, new Presence(series, false, event.sequence()));
    }

    private void end(JdbcClient jdbc, CountedEvent event) {
        if (event.detection().isEmpty()) {
            return;
        }
        end(jdbc, event.detection().get(), event.happened());
    }

    private void end(JdbcClient jdbc, String detection, Instant time) {
        var presences = new Presences(jdbc);
        presences.of(detection).stream()
                .filter(Presence::here)
                .forEach(one -> change(jdbc, one.series(), Tally.Change.out(time)));
        presences.remove(detection);
    }

    /** At a start of the hub: nobody will tell the end of a detection that retention removed while it was open. */
    private void forget(JdbcClient jdbc, CountedEvent event) {
        event.hubStart().ifPresent(start -> new Presences(jdbc)
                .orphaned(String.format("%06d-", start))
                .forEach(detection -> end(jdbc, detection, event.time())));
    }

    /** Whoever turns out to be something else is there as that from now on; in and out stay as they were counted. */
    private void relabel(JdbcClient jdbc, CountedEvent event) {
        if (event.detection().isEmpty()) {
            return;
        }
        var presences = new Presences(jdbc);
        String detection = event.detection().get();
        presences.label(detection).ifPresent(label -> presences.of(detection).stream()
                .filter(one -> one.here() && !one.series().label().equals(label))
                .forEach(one -> {
                    CountSeries as = one.series().labelled(label);
                    change(jdbc, one.series(), new Tally.Change(event.happened(), 0, 0, -1));
                    change(jdbc, as, new Tally.Change(event.happened(), 0, 0, 1));
                    presences.put(detection, new Presence(as, true, one.sequence()));
                }));
    }

    private void cross(JdbcClient jdbc, CountedEvent event) {
        event.series().ifPresent(series -> {
            int in = event.crossedIn() ? 1 : 0;
            change(jdbc, series, new Tally.Change(event.happened(), in, 1 - in, 0));
        });
    }

    private void change(JdbcClient jdbc, CountSeries series, Tally.Change change) {
        var tables = new CountTables(jdbc);
        var known = tables.tally(series);
        Tally before = known.orElse(Tally.empty(change.time()));
        Instant newest = change.time().isAfter(before.changed()) ? change.time() : before.changed();
        Tally after = before.since(daily.before(newest)).after(change);
        if (known.isPresent()) {
            tables.update(series, after);
        } else {
            tables.insert(series, after);
        }
        for (Hour hour : hours(before, change, after)) {
            tables.add(series, hour);
        }
        if (series.kind() == CountKind.CAMERA) {
            present.computeIfAbsent(series.camera(), camera -> new ConcurrentHashMap<>())
                    .put(series.label(), after.present());
        }
    }

    private static List<Hour> hours(Tally before, Tally.Change change, Tally after) {
        var hours = new ArrayList<>(Hour.of(before.present(), before.changed(), change.time()));
        Hour own = Hour.of(change, after.present());
        int last = hours.size() - 1;
        if (last >= 0 && hours.get(last).start().equals(own.start())) {
            hours.set(last, hours.get(last).plus(own));
        } else {
            hours.add(own);
        }
        return hours;
    }
}
