package io.sightline.hub.crashes;

import io.sightline.hub.crashes.Suspect.Crash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps cameras apart that took the hub's process down: after one crash for a minute, doubled with each further one;
 * after two within an hour until its settings change or somebody releases it. Any thread.
 */
public final class Quarantine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** So many deaths in a row that nobody can explain make the hub careful. */
    private static final int UNEXPLAINED = 2;

    private final CrashFolder folder;
    private final Trial trial;
    private final Clock clock;
    private final BiConsumer<Duration, Runnable> later;
    private final Map<String, Suspect> suspects = new LinkedHashMap<>();
    private volatile @Nullable Consumer<String> whenFree;

    /**
     * Why a camera is not to be connected.
     *
     * @param until when it may be tried; empty: not by itself
     */
    public record Hold(String reason, Optional<Instant> until) {}

    /**
     * Takes in what the last processes left behind. A folder that cannot be read or written costs the quarantine, not
     * the start.
     *
     * @param folder of the reports; made where it is missing
     * @param unexplained processes that died just before, soon after their start, without a report that names a camera;
     *     from two on cameras are connected one after the other
     * @throws IOException if the folder cannot be made
     */
    public static Quarantine open(Path folder, Clock clock, int unexplained) throws IOException {
        return open(folder, clock, unexplained, (delay, task) -> CompletableFuture.delayedExecutor(
                        delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(task));
    }

    /** @param later runs a task after a time, on any thread */
    static Quarantine open(Path folder, Clock clock, int unexplained, BiConsumer<Duration, Runnable> later)
            throws IOException {
        var trial = new Trial(folder, clock, unexplained >= UNEXPLAINED);
        var quarantine = new Quarantine(new CrashFolder(folder), trial, clock, later);
        quarantine.takeIn(unexplained > 0);
        return quarantine;
    }

    private Quarantine(CrashFolder folder, Trial trial, Clock clock, BiConsumer<Duration, Runnable> later) {
        this.folder = folder;
        this.trial = trial;
        this.clock = clock;
        this.later = later;
    }

    private synchronized void takeIn(boolean unexplained) {
        try {
            folder.ledger().forEach(suspect -> suspects.put(suspect.camera(), suspect));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.toString())
                    .log("the ledger of crashes cannot be read and begins anew");
        }
        try {
            List<CrashReport> fresh = folder.fresh();
            fresh.forEach(this::blame);
            Optional<String> culprit = trial.culprit();
            if (unexplained
                    && fresh.stream().allMatch(report -> report.cameraId().isEmpty())) {
                culprit.ifPresent(this::blameWithoutReport);
            }
            suspects.values()
                    .removeIf(suspect -> suspect.remembered(clock.instant()).isEmpty());
            save();
            for (CrashReport report : fresh) {
                folder.keep(report);
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("reports of crashes cannot be taken in");
        }
    }

    private void blame(CrashReport report) {
        LOG.atWarn()
                .addKeyValue("cameraId", report.cameraId().orElse("none"))
                .addKeyValue("reason", report.what())
                .addKeyValue("report", CrashFolder.name(report))
                .log("the hub's process died");
        var crash = new Crash(report.at(), report.what(), CrashFolder.name(report));
        report.cameraId().ifPresent(id -> add(id, crash));
    }

    private void blameWithoutReport(String cameraId) {
        LOG.atWarn()
                .addKeyValue("cameraId", cameraId)
                .log("the hub's process died without a report in a camera's turn");
        add(cameraId, new Crash(clock.instant(), "no report", ""));
    }

    private void add(String cameraId, Crash crash) {
        Suspect known = suspects.get(cameraId);
        if (known == null) {
            suspects.put(cameraId, Suspect.of(cameraId, crash));
        } else if (!known.has(crash)) {
            suspects.put(cameraId, known.with(crash));
        }
    }

    /** @param listener is told the id of a camera that may be tried again, on any thread; must not block */
    public void whenFree(Consumer<String> listener) {
        whenFree = listener;
    }

    /**
     * Asks before a camera is connected. Other settings than at its last crash set it free.
     *
     * @param settings mark of everything that makes its connection, without secrets
     */
    public synchronized Optional<Hold> hold(String cameraId, String settings) {
        return guilt(cameraId, settings).or(() -> trial.needed() ? turn(cameraId) : Optional.empty());
    }

    private Optional<Hold> turn(String cameraId) {
        Optional<Instant> turn = trial.turn(cameraId);
        Instant now = clock.instant();
        turn.ifPresentOrElse(
                time -> later.accept(Duration.between(now, time), () -> free(cameraId)),
                () -> later.accept(Trial.TURN, () -> passed(cameraId)));
        return turn.map(time -> new Hold(
                "camera " + cameraId
                        + ": the hub's process died several times without saying why; cameras are connected"
                        + " one after the other, this one at " + time.truncatedTo(ChronoUnit.SECONDS),
                turn));
    }

    private synchronized void passed(String cameraId) {
        trial.passed(cameraId);
    }

    private Optional<Hold> guilt(String cameraId, String settings) {
        Suspect suspect = suspects.get(cameraId);
        if (suspect == null) {
            return Optional.empty();
        }
        if (suspect.settings() == null) {
            suspect = suspect.withSettings(settings);
            suspects.put(cameraId, suspect);
            save();
        } else if (!suspect.settings().equals(settings)) {
            suspects.remove(cameraId);
            save();
            return Optional.empty();
        }
        return hold(suspect);
    }

    private Optional<Hold> hold(Suspect suspect) {
        if (suspect.off()) {
            return Optional.of(new Hold(
                    died(suspect) + ", for the " + suspect.crashes().size() + ". time; it stays off until its address"
                            + " or login changes, it is disabled and enabled, or it is released",
                    Optional.empty()));
        }
        Instant now = clock.instant();
        if (suspect.released() || !suspect.until().isAfter(now)) {
            return Optional.empty();
        }
        later.accept(Duration.between(now, suspect.until()), () -> free(suspect.camera()));
        return Optional.of(new Hold(
                died(suspect) + "; tried again at " + suspect.until().truncatedTo(ChronoUnit.SECONDS),
                Optional.of(suspect.until())));
    }

    private static String died(Suspect suspect) {
        Crash last = suspect.last();
        String report = last.report().isEmpty() ? "" : ", report crashes/" + last.report();
        return "camera " + suspect.camera() + ": the hub's process died while it worked on its pictures (" + last.what()
                + " at " + last.at().truncatedTo(ChronoUnit.SECONDS) + report + ")";
    }

    /**
     * Somebody wants a camera to be tried again at once. What it did stays in the ledger.
     *
     * @return false if it was not kept apart
     */
    public boolean release(String cameraId) {
        synchronized (this) {
            Suspect suspect = suspects.get(cameraId);
            boolean kept = suspect != null
                    && (suspect.off() || !suspect.released() && suspect.until().isAfter(clock.instant()));
            if (!kept) {
                return false;
            }
            suspects.put(cameraId, suspect.release());
            save();
        }
        LOG.atInfo().addKeyValue("cameraId", cameraId).log("camera is released after a crash");
        free(cameraId);
        return true;
    }

    private void free(String cameraId) {
        Consumer<String> listener = whenFree;
        if (listener != null) {
            listener.accept(cameraId);
        }
    }

    /** The hub ends as it should: the camera whose turn it is has done nothing. */
    @Override
    public synchronized void close() {
        trial.end();
    }

    private void save() {
        try {
            folder.write(List.copyOf(suspects.values()));
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("the ledger of crashes cannot be written");
        }
    }
}
