package io.sightline.camera;

import io.sightline.camera.streams.RecordingTaps;
import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.RecentPictures;
import io.sightline.engine.video.VideoSource;
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
 * for {@link RecordingTaps}, for a {@link Clock} and for an {@link AddressGuard}; all may be missing.
 */
@Component("camera")
public final class CameraComponent extends DefaultComponent {
    private final Map<String, CameraConsumer> owners = new ConcurrentHashMap<>();
    private final Map<String, CameraFigures> figures = new ConcurrentHashMap<>();
    private final Map<String, RecentPictures> pictures = new ConcurrentHashMap<>();
    private final CameraReader.Opener opener;
    private final HandshakeTurns turns = new HandshakeTurns();

    public CameraComponent() {
        this.opener = (settings, clock, connected) -> VideoSources.open(settings, clock, guard(), connected);
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

    /**
     * The pictures of the stream that a camera's snapshots are taken from, where that is another one than its frames
     * come from. May be called from any thread.
     */
    public Optional<RecentPictures> pictures(String cameraId) {
        return Optional.ofNullable(pictures.get(cameraId));
    }

    void offer(String cameraId, Optional<RecentPictures> ofCamera) {
        ofCamera.ifPresentOrElse(given -> pictures.put(cameraId, given), () -> pictures.remove(cameraId));
    }

    HandshakeTurns handshakeTurns() {
        return turns;
    }

    /** @param tap who is offered the packets of the stream that is decoded, or empty */
    CameraReader.Site site(Optional<PacketTap> tap) {
        AddressGuard guard = guard();
        CameraReader.Opener offering = tap.map(this::offering).orElse(opener);
        return new CameraReader.Site(offering, clock(), turns, guard, video -> VideoSources.sound(video, guard));
    }

    private CameraReader.Opener offering(PacketTap tap) {
        return (settings, clock, connected) -> {
            VideoSource source = opener.open(settings, clock, connected);
            source.offerPackets(tap);
            return source;
        };
    }

    /** Who wants the encoded video of a camera. */
    Optional<PacketTap> recordingTap(String cameraId) {
        return Optional.ofNullable(bean(RecordingTaps.class)).flatMap(taps -> taps.tap(cameraId));
    }

    PacketReader.Opener packetOpener() {
        return (settings, clock, connected) -> VideoSources.openPackets(settings, clock, guard(), connected);
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

    AddressGuard guard() {
        AddressGuard guard = bean(AddressGuard.class);
        return guard == null ? AddressGuard.standard() : guard;
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
