package io.sightline.hub.api;

import io.sightline.hub.http.ProblemException;
import io.sightline.hub.settings.CameraSettings;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import io.sightline.hub.status.StateChange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/** The operations on cameras. */
public final class CameraOperations {
    private final SettingsFile settings;
    private final Integrations integrations;
    private final CameraNumbers numbers;
    private final CameraVideo video;

    CameraOperations(SettingsFile settings, Integrations integrations, CameraNumbers numbers, CameraVideo video) {
        this.settings = settings;
        this.integrations = integrations;
        this.numbers = numbers;
        this.video = video;
    }

    public Map<String, Object> list(@Header("status") @Nullable String status) {
        List<Map<String, @Nullable Object>> cameras = settings.current().cameras().values().stream()
                .map(this::view)
                .filter(view -> status == null || status.equals("all") || status.equals(view.get("status")))
                .toList();
        return Map.of("cameras", cameras);
    }

    public Map<String, @Nullable Object> get(@Header("id") String id) {
        return Optional.ofNullable(settings.current().cameras().get(id))
                .map(this::view)
                .orElseThrow(() -> ProblemException.notFound("The camera"));
    }

    /** The last changes of a camera's state, newest first. */
    public Map<String, Object> history(@Header("id") String id) {
        if (!settings.current().cameras().containsKey(id)) {
            throw ProblemException.notFound("The camera");
        }
        return Map.of(
                "history",
                integrations.history("camera", id).stream()
                        .map(CameraOperations::view)
                        .toList());
    }

    private static Map<String, @Nullable Object> view(StateChange change) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("time", change.time().toString());
        view.put("state", change.state());
        view.put("code", change.code());
        view.put("reason", change.reason());
        return view;
    }

    private Map<String, @Nullable Object> view(CameraSettings camera) {
        Optional<Integration> known = integrations.find("camera", camera.id());
        IntegrationState state = known.map(Integration::state)
                .orElse(camera.enabled() ? IntegrationState.OFFLINE : IntegrationState.DISABLED);
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", camera.id());
        view.put("name", camera.name());
        view.put("location", camera.location());
        view.put("status", state.restStatus());
        view.put("state", state);
        view.put("code", known.map(Integration::code).orElse(null));
        view.put("reason", known.map(Integration::reason).orElse(null));
        view.put("since", known.map(Integration::since).map(Instant::toString).orElse(null));
        view.put("last_seen", numbers.lastPictureAt(camera.id()).orElse(null));
        view.put("detector", camera.detector().isEmpty() ? camera.id() : camera.detector());
        view.put("detect_fps", camera.detectFps());
        view.put("stream_url", "/api/v1/cameras/" + camera.id() + "/stream");
        view.put("priority", camera.priority());
        view.put("video", video.of(camera.id()));
        view.put("capabilities", numbers.capabilities(camera.id()).orElse(null));
        view.put("figures", numbers.of(camera.id()));
        return view;
    }
}
