package io.sightline.camera;

import io.sightline.engine.video.VideoSources;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code camera}. In the Camel registry it looks for a {@link CameraCatalog}, for {@link CameraListener}s,
 * for {@link PacketTaps} and for a {@link Clock}; all may be missing.
 */
@Component("camera")
public final class CameraComponent extends DefaultComponent {
    private final Map<String, CameraConsumer> owners = new ConcurrentHashMap<>();
    private final Map<String, CameraFigures> figures = new ConcurrentHashMap<>();
    private final CameraReader.Opener opener;

    public CameraComponent() {
        this(VideoSources::open);
    }

    CameraComponent(CameraReader.Opener opener) {
        this.opener = opener;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        boolean onlyId = parameters.isEmpty();
        var endpoint = new CameraEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        if (!onlyId && endpoint.getUri() == null) {
            throw new IllegalArgumentException("camera '" + remaining
                    + "': options without 'uri'; either give 'uri' too, or configure the camera in one place only");
        }
        endpoint.check();
        return endpoint;
    }

    /** Figures of each camera by its id, ordered; live objects. May be called from any thread. */
    public Map<String, CameraFigures> figures() {
        return new TreeMap<>(figures);
    }

    /** How a camera is opened, with its packets offered to whoever wants them. */
    CameraReader.Opener opener(String cameraId) {
        PacketTaps taps = bean(PacketTaps.class);
        return taps == null
                ? opener
                : (settings, clock) -> {
                    var source = opener.open(settings, clock);
                    taps.find(cameraId).ifPresent(source::offerPackets);
                    return source;
                };
    }

    Optional<CameraCatalog> catalog() {
        return Optional.ofNullable(bean(CameraCatalog.class));
    }

    Collection<CameraListener> listeners() {
        return getCamelContext().getRegistry().findByType(CameraListener.class);
    }

    Clock clock() {
        Clock clock = bean(Clock.class);
        return clock == null ? Clock.systemUTC() : clock;
    }

    private <T> @Nullable T bean(Class<T> type) {
        return getCamelContext().getRegistry().findSingleByType(type);
    }

    /** One connection per camera: a second route that reads it would load the camera twice. */
    CameraFigures claim(String cameraId, CameraConsumer consumer) {
        CameraConsumer owner = owners.putIfAbsent(cameraId, consumer);
        if (owner != null && owner != consumer) {
            throw new IllegalStateException("camera '" + cameraId + "' is read by route '" + owner.getRouteId()
                    + "' already; let that route pass its frames on");
        }
        return figures.computeIfAbsent(cameraId, id -> new CameraFigures());
    }

    void free(String cameraId, CameraConsumer consumer) {
        owners.remove(cameraId, consumer);
    }

    void forget(String cameraId) {
        if (!owners.containsKey(cameraId)) {
            figures.remove(cameraId);
        }
    }
}
