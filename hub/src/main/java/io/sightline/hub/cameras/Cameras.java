package io.sightline.hub.cameras;

import io.sightline.camera.CameraSourceSettings;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.VideoSettings;
import io.sightline.hub.events.Background;
import io.sightline.hub.launcher.UsageException;
import io.sightline.hub.settings.CameraSettings;
import io.sightline.hub.settings.DetectorSettings;
import io.sightline.hub.settings.SettingsChange;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.spine.Spine;
import io.sightline.processors.pipeline.CameraPipelines;
import io.sightline.processors.pipeline.PipelineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps cameras and detectors as the settings say: touches what changed and nothing else. Starting, changing and
 * stopping happen one at a time; {@link #source} may be asked by any thread.
 */
final class Cameras {
    /** Longest time that one frame may take before its camera is told to have a detector that hangs. */
    private static final Duration INFERENCE_DEADLINE = Duration.ofSeconds(10);

    private final DetectorShelf detectors;
    private final CameraPipelines pipelines;
    private final CameraRoutes routes;
    private final CameraStates states;
    private final Spine spine;
    private final Map<String, CameraSettings> running = new ConcurrentHashMap<>();

    Cameras(Parts parts, CameraRoutes routes, Background background) {
        this.detectors = parts.detectors();
        this.pipelines = parts.pipelines();
        this.states = parts.states();
        this.spine = parts.spine();
        this.routes = routes;
        states.whenOffline(cameraId -> background.run(pipelines.offline(cameraId, () -> states.gone(cameraId))));
    }

    /** What this class steers; all stay their maker's to close. */
    record Parts(DetectorShelf detectors, CameraPipelines pipelines, CameraStates states, Spine spine) {}

    /** @throws UsageException if a detector cannot be opened, with the reasons of all that cannot */
    synchronized void start(SightlineSettings settings) {
        open(settings.detectors().values()).values().forEach(detectors::put);
        settings.cameras().values().forEach(camera -> add(camera, settings));
    }

    /** @throws UsageException if a new detector cannot be opened; everything runs on as before then */
    synchronized void change(SettingsChange change) {
        SightlineSettings after = change.after();
        var items = change.detectors();
        Set<String> fresh = new LinkedHashSet<>(items.added());
        fresh.addAll(items.changed());
        Map<String, Detector> opened =
                open(fresh.stream().map(after.detectors()::get).toList());
        List<Detector> replaced = new ArrayList<>();
        opened.values().forEach(detector -> detectors.put(detector).ifPresent(replaced::add));

        change.cameras().removed().forEach(this::remove);
        change.cameras().changed().forEach(id -> replace(after.cameras().get(id), after));
        change.cameras().added().forEach(id -> add(after.cameras().get(id), after));
        after.cameras().values().stream()
                .filter(camera -> items.changed().contains(camera.detector()))
                .filter(camera -> !change.cameras().changed().contains(camera.id()))
                .filter(camera -> !change.cameras().added().contains(camera.id()))
                .filter(CameraSettings::enabled)
                .forEach(camera -> pipelines.put(pipeline(camera, after)));
        replaced.forEach(Detector::close);
        items.removed().forEach(detectors::remove);
    }

    /** Stops all cameras and ends what is open; the events of that are on the spine when it returns. */
    synchronized void stop() {
        List.copyOf(running.keySet()).forEach(this::takeDown);
        pipelines.close();
        running.clear();
        detectors.close();
    }

    /** Makes the routes of all cameras anew, from a template that has changed. */
    synchronized void remakeRoutes() {
        running.values().stream().filter(CameraSettings::enabled).forEach(camera -> {
            takeDown(camera.id());
            states.connecting(camera.id());
            routes.add(camera.id());
        });
    }

    /** How the component {@code camera} reaches a camera. */
    Optional<CameraSourceSettings> source(String cameraId) {
        return Optional.ofNullable(running.get(cameraId)).map(Cameras::source);
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
        spine.ensureCamera(camera.id());
        if (!camera.enabled()) {
            states.disabled(camera.id());
            return;
        }
        pipelines.put(pipeline(camera, settings));
        states.connecting(camera.id());
        routes.add(camera.id());
    }

    private void replace(CameraSettings camera, SightlineSettings settings) {
        CameraSettings before = running.get(camera.id());
        boolean sameSource = before != null
                && before.enabled()
                && camera.enabled()
                && sourceKeys(before).equals(sourceKeys(camera));
        if (sameSource) {
            running.put(camera.id(), camera);
            pipelines.put(pipeline(camera, settings));
            return;
        }
        takeDown(camera.id());
        if (!camera.enabled()) {
            pipelines.remove(camera.id());
        }
        add(camera, settings);
    }

    private void remove(String cameraId) {
        takeDown(cameraId);
        pipelines.remove(cameraId);
        running.remove(cameraId);
        states.remove(cameraId);
        spine.removeCamera(cameraId);
    }

    private void takeDown(String cameraId) {
        states.leaving(cameraId);
        routes.remove(cameraId);
    }

    private PipelineSettings pipeline(CameraSettings camera, SightlineSettings settings) {
        return new PipelineSettings(
                camera.id(),
                detectors.get(camera.detector()),
                INFERENCE_DEADLINE,
                TrackerSettings.defaults(
                        settings.detectors().get(camera.detector()).minConfidence()),
                camera.zones(),
                camera.lines(),
                camera.updateInterval());
    }

    /** What makes the connection: the record's own toString hides the password, its equality does not. */
    private static List<Object> sourceKeys(CameraSettings camera) {
        return List.of(
                camera.uri(),
                camera.username(),
                camera.password(),
                camera.transport(),
                camera.silenceLimit(),
                camera.detectFps(),
                camera.loop(),
                camera.realtime());
    }

    private static CameraSourceSettings source(CameraSettings camera) {
        return new CameraSourceSettings(
                camera.id(),
                camera.uri(),
                camera.username(),
                camera.password(),
                VideoSettings.Transport.valueOf(camera.transport().toUpperCase(Locale.ROOT)),
                camera.silenceLimit(),
                camera.detectFps(),
                camera.loop(),
                camera.realtime());
    }
}
