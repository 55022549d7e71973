package io.sightline.hub.settings;

import io.sightline.hub.files.FileProblems;
import io.sightline.hub.files.FileWatch;
import io.sightline.hub.files.Problem;
import io.sightline.hub.status.Integrations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings in force: follows {@code sightline.yaml} while the hub runs. A changed file is taken over whole or not
 * at all; what is wrong with it stands in the integration {@code configuration}. Listeners are called one after the
 * other on the thread of the watch, or of who calls {@link #reload}.
 */
public final class SettingsFile implements AutoCloseable {
    /** Kind and id of the integration that tells how the file stands. */
    public static final String KIND = "configuration";

    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);
    private static final Duration INTERVAL = Duration.ofMillis(400);

    private final Path file;
    private final Supplier<SightlineSettings> loader;
    private final Integrations integrations;
    private final FileWatch watch = new FileWatch("sightline-settings", INTERVAL);
    private final List<Consumer<SettingsChange>> listeners = new CopyOnWriteArrayList<>();
    private final SightlineSettings started;
    private volatile SightlineSettings current;
    /** What kept the newest settings from being put to work; they are tried again with the next writing of the file. */
    private String failed = "";

    /** @param initial what the hub was started with */
    public SettingsFile(Path configFolder, SightlineSettings initial, Integrations integrations) {
        this(configFolder.resolve(SettingsLoader.FILE), initial, integrations, () -> SettingsLoader.load(configFolder));
    }

    SettingsFile(Path file, SightlineSettings initial, Integrations integrations, Supplier<SightlineSettings> loader) {
        this.file = file;
        this.started = initial;
        this.current = initial;
        this.integrations = integrations;
        this.loader = loader;
    }

    /** What is in force now; any thread. */
    public SightlineSettings current() {
        return current;
    }

    /**
     * Calls the listener after each change that was taken over. What it throws is logged and reported,
     * and it is called again when the file is written the next time, be it with the same settings.
     */
    public void listen(Consumer<SettingsChange> listener) {
        listeners.add(listener);
    }

    /** Starts to watch; to be called once, after the listeners that matter are there. */
    public void start() {
        watch.start(() -> List.of(file), this::reload);
        reload(); // it may have changed since the start of the hub
    }

    /** Takes over what the file holds now, if that is other than before; any thread, and returns when it is at work. */
    public synchronized void reload() {
        try {
            take(loader.get());
        } catch (FileProblems e) {
            for (Problem problem : e.problems()) {
                LOG.atWarn().addKeyValue("problem", problem).log("changed settings refused, the previous ones run on");
            }
            integrations.degraded(
                    KIND, SettingsLoader.FILE, "REFUSED", "the previous settings run on: " + e.getMessage());
        }
    }

    private void take(SightlineSettings next) {
        var change = new SettingsChange(current, next);
        current = next;
        if (!failed.isEmpty() || !change.before().equals(next)) {
            LOG.atInfo()
                    .addKeyValue("cameras", change.cameras())
                    .addKeyValue("detectors", change.detectors())
                    .addKeyValue("sinks", change.sinks())
                    .log("settings changed");
            failed = tell(change);
        }
        List<String> waiting = new SettingsChange(started, next).waitingForRestart();
        if (!failed.isEmpty()) {
            integrations.degraded(KIND, SettingsLoader.FILE, "FAILED", failed);
        } else if (!waiting.isEmpty()) {
            String keys = String.join(", ", waiting);
            LOG.atWarn().addKeyValue("keys", keys).log("changed settings need a restart");
            integrations.degraded(KIND, SettingsLoader.FILE, "RESTART_NEEDED", keys + " changed: needs a restart");
        } else {
            integrations.online(KIND, SettingsLoader.FILE);
        }
    }

    private String tell(SettingsChange change) {
        var reasons = new ArrayList<String>();
        for (Consumer<SettingsChange> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("changed settings could not be put to work");
                reasons.add(e.getMessage() == null ? e.toString() : e.getMessage());
            }
        }
        return String.join("\n", reasons);
    }

    @Override
    public void close() {
        watch.close();
    }
}
