package io.sightline.hub.cameras;

import io.sightline.camera.CameraExpectations;
import io.sightline.camera.CameraSourceSettings;
import io.sightline.camera.streams.CameraStreams;
import io.sightline.camera.streams.StreamRoles;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.net.Tls;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.video.VideoSettings;
import io.sightline.hub.crashes.Quarantine;
import io.sightline.hub.events.Background;
import io.sightline.hub.launcher.UsageException;
import io.sightline.hub.settings.CameraSettings;
import io.sightline.hub.settings.DetectorSettings;
import io.sightline.hub.settings.SettingsChange;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.processors.clips.KeptVideos;
import io.sightline.processors.pipeline.CameraPipelines;
import io.sightline.processors.pipeline.PipelineSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps cameras and detectors as the settings say: touches what changed and nothing else. Starting, changing and
 * stopping happen one at a time; {@link #source} may be asked by any thread.
 */
final class Cameras {
    private static final Logger LOG = LoggerFactory.getLogger(Cameras.class);

    /** Longest time that looking at one frame may take before its camera is told to have a detector that hangs. */
    private static final Duration INFERENCE_DEADLINE = Duration.ofSeconds(10);

    private final DetectorShelf detectors;
    private final CameraPipelines pipelines;
    private final KeptVideos videos;
    private final CameraRoutes routes;
    private final CameraStates states;
    private final Addresses addresses;
    private final Quarantine quarantine;
    private final CameraKinds kinds;
    private final Map<String, CameraSettings> running = new ConcurrentHashMap<>();
    /** Cameras that are not as {@link #applied} says. */
    private final Map<String, String> failed = new LinkedHashMap<>();

    private @Nullable SightlineSettings applied;

    Cameras(Parts parts, KeptVideos videos, CameraRoutes routes, Background background, Quarantine quarantine) {
        this.detectors = parts.detectors();
        this.pipelines = parts.pipelines();
        this.states = parts.states();
        this.addresses = parts.addresses();
        this.videos = videos;
        this.quarantine = quarantine;
        this.kinds = parts.kinds();
        this.routes = routes;
        states.whenQuiet(cameraId -> background.run(pipelines.quiet(cameraId)));
        states.whenOffline(cameraId -> background.run(pipelines.offline(cameraId, () -> states.gone(cameraId))));
        quarantine.whenFree(cameraId -> background.run(() -> tryAgain(cameraId)));
    }

    /** What this class steers; all stay their maker's to close. */
    record Parts(
            DetectorShelf detectors,
            CameraPipelines pipelines,
            CameraStates states,
            Addresses addresses,
            CameraKinds kinds) {}

    /** Makes and removes the addresses of a camera on the spine. */
    record Addresses(Consumer<String> ensure, Consumer<String> remove) {}

    /**
     * A camera that cannot be started is OFFLINE and keeps nothing else from starting.
     *
     * @throws UsageException if a detector cannot be opened, with the reasons of all that cannot
     */
    synchronized void start(Supplier<SightlineSettings> current) {
        SightlineSettings settings = current.get();
        open(settings.detectors().values()).values().forEach(detectors::put);
        applied = settings;
        settings.cameras().values().forEach(camera -> attempt(camera.id(), () -> add(camera, settings)));
    }

    /**
     * Makes everything as the settings say, between start and stop. What an earlier call did not achieve is tried again.
     *
     * @throws UsageException if a new detector cannot be opened; everything runs on as before then
     * @throws IllegalStateException if some cameras could not be changed; they are OFFLINE, the others are changed
     */
    synchronized void change(SightlineSettings after) {
        if (applied == null) {
            return;
        }
        var change = new SettingsChange(applied, after);
        var items = change.detectors();
        Set<String> fresh = new LinkedHashSet<>(items.added());
        fresh.addAll(items.changed());
        Map<String, Detector> opened =
                open(fresh.stream().map(after.detectors()::get).toList());
        List<Detector> unused = new ArrayList<>();
        opened.values().forEach(detector -> detectors.put(detector).ifPresent(unused::add));
        applied = after;
        changeCameras(change.cameras(), after, items.changed());
        if (!change.before().cameraNetworks().equals(after.cameraNetworks())) {
            connectAnew(after, change.cameras());
        }
        items.removed().forEach(id -> detectors.remove(id).ifPresent(unused::add));
        DetectorShelf.closeAside(unused);
        if (!failed.isEmpty()) {
            throw new IllegalStateException(String.join("; ", failed.values()));
        }
    }

    private void changeCameras(SettingsChange.Items items, SightlineSettings after, Set<String> changedDetectors) {
        Set<String> gone = new LinkedHashSet<>(failed.keySet());
        gone.addAll(items.removed());
        gone.removeAll(after.cameras().keySet());
        gone.forEach(id -> attempt(id, () -> remove(id)));
        for (CameraSettings camera : after.cameras().values()) {
            String id = camera.id();
            if (items.changed().contains(id) || items.added().contains(id) || failed.containsKey(id)) {
                attempt(id, () -> replace(camera, after));
            } else if (camera.enabled() && changedDetectors.contains(camera.detector())) {
                attempt(id, () -> reconfigure(camera, after));
            }
        }
    }

    /** Other networks are allowed now: whoever is connected already has to pass, too. */
    private void connectAnew(SightlineSettings after, SettingsChange.Items done) {
        after.cameras().values().stream()
                .filter(camera -> camera.enabled() && reachesOut(camera))
                .filter(camera ->
                        !done.changed().contains(camera.id()) && !done.added().contains(camera.id()))
                .forEach(camera -> attempt(camera.id(), () -> remakeRoute(camera, after)));
    }

    private static boolean reachesOut(CameraSettings camera) {
        StreamRoles streams = camera.streams();
        return Stream.of(Optional.of(camera.uri()), streams.detect(), streams.record())
                .flatMap(Optional::stream)
                .anyMatch(address -> address.contains("://"));
    }

    /** Stops all cameras and ends what is open; the events of that are on the spine when it returns. */
    synchronized void stop() {
        applied = null;
        try {
            Set<String> all = new LinkedHashSet<>(running.keySet());
            all.addAll(failed.keySet());
            all.forEach(states::leaving);
            all.forEach(id -> attempt(id, () -> takeDown(id)));
        } finally {
            try {
                pipelines.close();
            } finally {
                running.clear();
                detectors.close();
            }
        }
    }

    /** Makes the routes of all cameras anew, from a template that has changed. */
    synchronized void remakeRoutes() {
        SightlineSettings settings = applied;
        if (settings != null) {
            settings.cameras().values().stream()
                    .filter(CameraSettings::enabled)
                    .forEach(camera -> attempt(camera.id(), () -> remakeRoute(camera, settings)));
        }
    }

    private void remakeRoute(CameraSettings camera, SightlineSettings settings) {
        if (failed.containsKey(camera.id())) {
            replace(camera, settings);
            return;
        }
        takeDown(camera.id());
        connect(camera);
    }

    /** Connects a camera that was kept apart after a crash, if it still is to be. */
    private synchronized void tryAgain(String cameraId) {
        CameraSettings camera = running.get(cameraId);
        boolean waits = applied != null
                && camera != null
                && camera.enabled()
                && !failed.containsKey(cameraId)
                && routes.missing(cameraId);
        if (waits) {
            attempt(cameraId, () -> connect(camera));
        }
    }

    /** A camera that took the process down waits, so that it does not do so again at once. */
    private void connect(CameraSettings camera) {
        Optional<Quarantine.Hold> hold = quarantine.hold(camera.id(), mark(camera));
        if (hold.isPresent()) {
            states.crashed(camera.id(), hold.get().reason());
            return;
        }
        states.connecting(camera.id());
        routes.add(camera.id());
    }

    /** One camera's trouble stays its own: it is OFFLINE with the reason until a later attempt succeeds. */
    private void attempt(String cameraId, Runnable work) {
        try {
            work.run();
            failed.remove(cameraId);
        } catch (RuntimeException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            LOG.atError()
                    .addKeyValue("cameraId", cameraId)
                    .setCause(e)
                    .log("a camera cannot be made as the settings say");
            failed.put(cameraId, reason);
            states.failed(cameraId, reason);
        }
    }

    /** How the component {@code camera} reaches a camera. */
    Optional<CameraSourceSettings> source(String cameraId) {
        return Optional.ofNullable(running.get(cameraId)).map(this::source);
    }

    private Map<String, Detector> open(Iterable<DetectorSettings> settings) {
        var opened = new LinkedHashMap<String, Detector>();
        var problems = new ArrayList<String>();
        for (DetectorSettings one : settings) {
            try {
                opened.put(one.id(), detectors.open(one));
            } catch (DetectionException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            opened.values().forEach(Detector::close);
            throw new UsageException(String.join("\n", problems));
        }
        return opened;
    }

    private void add(CameraSettings camera, SightlineSettings settings) {
        running.put(camera.id(), camera);
        videos.use(camera.id(), Videos.use(camera));
        addresses.ensure().accept(camera.id());
        if (!camera.enabled()) {
            quarantine.release(camera.id());
            states.disabled(camera.id());
            return;
        }
        pipelines.put(pipeline(camera, settings));
        connect(camera);
    }

    private void replace(CameraSettings camera, SightlineSettings settings) {
        CameraSettings before = running.get(camera.id());
        boolean sameSource = before != null
                && !failed.containsKey(camera.id())
                && before.enabled()
                && camera.enabled()
                && sourceKeys(before).equals(sourceKeys(camera));
        if (sameSource) {
            running.put(camera.id(), camera);
            videos.use(camera.id(), Videos.use(camera)); // before a picture is made as it says
            reconfigure(camera, settings);
            return;
        }
        takeDown(camera.id());
        if (!camera.enabled()) {
            pipelines.remove(camera.id());
        }
        add(camera, settings);
    }

    /** A camera whose privacy cannot be kept shows nothing, rather than going on as it was. */
    private void reconfigure(CameraSettings camera, SightlineSettings settings) {
        try {
            pipelines.put(pipeline(camera, settings));
        } catch (IllegalArgumentException e) {
            takeDown(camera.id());
            pipelines.remove(camera.id());
            throw e;
        }
    }

    private void remove(String cameraId) {
        takeDown(cameraId);
        pipelines.remove(cameraId);
        running.remove(cameraId);
        videos.remove(cameraId);
        states.remove(cameraId);
        addresses.remove().accept(cameraId);
    }

    private void takeDown(String cameraId) {
        states.leaving(cameraId);
        routes.remove(cameraId);
    }

    private PipelineSettings pipeline(CameraSettings camera, SightlineSettings settings) {
        return new PipelineSettings(
                camera.id(),
                kinds.detector(camera, detectors),
                INFERENCE_DEADLINE,
                kinds.tracker(camera, settings),
                new SceneSettings(camera.zones(), camera.lines(), camera.ground(), camera.nearMiss()),
                new Sieve(camera.filters(), camera.masks()),
                camera.privacy(),
                camera.updateInterval(),
                Priority.valueOf(camera.priority().toUpperCase(Locale.ROOT)),
                kinds.motion(camera));
    }

    /** What makes the connection: the record's own toString hides the password, its equality does not. */
    private static List<Object> sourceKeys(CameraSettings camera) {
        return List.of(
                camera.uri(),
                streams(camera),
                camera.usb(),
                camera.folderDone(),
                camera.username(),
                camera.password(),
                camera.transport(),
                expectations(camera),
                camera.detectFps(),
                camera.loop(),
                camera.realtime(),
                camera.tlsVerify(),
                camera.tlsPin(),
                camera.tlsCaFile(),
                camera.streams().lookedAt(camera.uri()));
    }

    /** Tells other settings of a connection from the same; says nothing of the password. */
    private static String mark(CameraSettings camera) {
        String keys = sourceKeys(camera).stream()
                .filter(key -> !key.equals(camera.password()))
                .toList()
                .toString();
        return UUID.nameUUIDFromBytes(keys.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static CameraExpectations expectations(CameraSettings camera) {
        return new CameraExpectations(
                CameraExpectations.USUAL.connectLimit(), camera.silenceLimit(), camera.frozenLimit(), camera.require());
    }

    private CameraSourceSettings source(CameraSettings camera) {
        return new CameraSourceSettings(
                camera.id(),
                camera.streams().lookedAt(kinds.address(camera)),
                camera.username(),
                camera.password(),
                VideoSettings.Transport.valueOf(camera.transport().toUpperCase(Locale.ROOT)),
                expectations(camera),
                camera.detectFps(),
                camera.loop(),
                camera.realtime(),
                new Tls(camera.tlsVerify(), camera.tlsPin(), camera.tlsCaFile()),
                streams(camera));
    }

    private static CameraStreams streams(CameraSettings camera) {
        boolean covers = camera.privacy().covers();
        return new CameraStreams(
                camera.streams().shot(camera.uri(), covers),
                camera.streams().recorded(camera.uri(), covers),
                camera.decode());
    }
}
