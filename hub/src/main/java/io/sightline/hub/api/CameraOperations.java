package io.sightline.hub.api;

import io.sightline.hub.http.ProblemException;
import io.sightline.hub.settings.CameraSettings;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/** The operations on cameras. */
public final class CameraOperations {
    private final Supplier<SightlineSettings> settings;
    private final Integrations integrations;
    private final CameraFigures figures;

    CameraOperations(Supplier<SightlineSettings> settings, Integrations integrations, CameraFigures figures) {
        this.settings = settings;
        this.integrations = integrations;
        this.figures = figures;
    }

    public Map<String, Object> list(@Header("status") @Nullable String status) {
        List<Map<String, @Nullable Object>> cameras = settings.get().cameras().values().stream()
                .map(this::view)
                .filter(view -> status == null || status.equals("all") || status.equals(view.get("status")))
                .toList();
        return Map.of("cameras", cameras);
    }

    public Map<String, @Nullable Object> get(@Header("id") String id) {
        return Optional.ofNullable(settings.get().cameras().get(id))
                .map(this::view)
                .orElseThrow(() -> ProblemException.notFound("The camera"));
    }

    private Map<String, @Nullable Object> view(CameraSettings camera) {
        Optional<Integration> known = integrations.find("camera", camera.id());
        IntegrationState state = known.map(Integration::state)
                .orElse(camera.enabled() ? IntegrationState.OFFLINE : IntegrationState.DISABLED);
        var numbers = new LinkedHashMap<String, @Nullable Object>(figures.of(camera.id()));
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", camera.id());
        view.put("name", camera.name());
        view.put("location", camera.location());
        view.put("status", state.restStatus());
        view.put("state", state);
        view.put("code", known.map(Integration::code).orElse(null));
        view.put("reason", known.map(Integration::reason).orElse(null));
        view.put("since", known.map(Integration::since).map(Instant::toString).orElse(null));
        view.put("last_seen", numbers.remove("last_seen"));
        view.put("detector", camera.detector());
        view.put("detect_fps", camera.detectFps());
        view.put("stream_url", "/api/v1/cameras/" + camera.id() + "/stream");
        view.put("width", numbers.remove("width"));
        view.put("height", numbers.remove("height"));
        view.put("figures", numbers);
        return view;
    }
}
