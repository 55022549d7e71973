package io.sightline.camera;

import io.sightline.camera.streams.CameraStreams;
import io.sightline.engine.net.Tls;
import io.sightline.engine.video.VideoSettings.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Receives the pictures of a camera, a video file or the drawn demo scene.
 *
 * <p>Without the option {@code uri} all settings come from the {@link CameraCatalog} bean, and the other options are
 * refused, so that a camera is configured in one place.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "camera",
        title = "Camera",
        syntax = "camera:id",
        consumerOnly = true,
        category = {Category.IOT},
        headersClass = CameraConstants.class)
public final class CameraEndpoint extends DefaultEndpoint {
    @UriPath(description = "Id of the camera: 1 to 63 of a-z, 0-9, _ and -.")
    @Metadata(required = true)
    private String id = "";

    @UriParam(
            label = "consumer",
            description =
                    "Where the pictures come from: demo:crossing, file:PATH, rtsp://HOST/PATH, rtsps://HOST/PATH,"
                            + " http://HOST/PATH or https://HOST/PATH, without a login. If it is missing, the camera of this id is looked up in the CameraCatalog bean.")
    private @Nullable String uri;

    @UriParam(label = "consumer,security", secret = true, description = "User name, for cameras that ask for one.")
    private @Nullable String username;

    @UriParam(label = "consumer,security", secret = true, description = "Password that belongs to the user name.")
    private @Nullable String password;

    @UriParam(label = "consumer", defaultValue = "TCP", description = "How RTSP carries the pictures.")
    private Transport transport = Transport.TCP;

    @UriParam(
            label = "consumer",
            defaultValue = "30s",
            javaType = "java.time.Duration",
            description = "Longest time that one try to connect may take, 100 ms to 10 min.")
    private Duration connectLimit = CameraExpectations.USUAL.connectLimit();

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            description =
                    "Longest gap between two pictures before reconnecting, 100 ms to 10 min; if it is missing, three"
                            + " times the usual time between two pictures, at least 2 s.")
    private @Nullable Duration silenceLimit;

    @UriParam(
            label = "consumer",
            defaultValue = "60s",
            javaType = "java.time.Duration",
            description = "How long the pictures of a live source may be all the same before that is told; 0 for ever.")
    private Duration frozenLimit = CameraExpectations.USUAL.frozenLimit();

    @UriParam(
            label = "consumer",
            defaultValue = "5",
            description = "Pictures that enter the route per second, at most; above 0, up to 120.")
    private double maxFramesPerSecond = CameraSourceSettings.DEFAULT_FRAMES_PER_SECOND;

    @UriParam(
            label = "consumer",
            defaultValue = "true",
            description = "Whether a file or a folder of images starts again after its last picture.")
    private boolean looping = true;

    @UriParam(
            label = "consumer",
            defaultValue = "true",
            description =
                    "Whether a file, a folder or the demo scene gives its pictures at their own speed, or at once.")
    private boolean realtime = true;

    @UriParam(
            label = "consumer,security",
            defaultValue = "true",
            description = "Whether the certificate of an rtsps: or https: camera is checked.")
    private boolean tlsVerify = true;

    @UriParam(
            label = "consumer,security",
            description = "SHA-256 of the camera's certificate, 64 hex digits; takes the place of all other checks.")
    private @Nullable String tlsPin;

    @UriParam(
            label = "consumer,security",
            description = "File with the certificates of trusted issuers (PEM), instead of those that come with Java.")
    private @Nullable String tlsCaFile;

    private final CameraComponent component;

    CameraEndpoint(String endpointUri, CameraComponent component, String id) {
        super(endpointUri, component);
        this.component = component;
        this.id = id;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("camera:" + id + " only gives pictures; use it in 'from'");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        var consumer = new CameraConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    CameraComponent component() {
        return component;
    }

    /** Refuses what can be known to be wrong before anything is started. */
    void check() {
        CameraSourceSettings.idProblem(id).ifPresent(problem -> {
            throw new IllegalArgumentException("camera '" + id + "': " + problem);
        });
        if (uri != null || component.catalog().isPresent()) {
            settings();
        }
    }

    /** The camera's settings as they are now. */
    CameraSourceSettings settings() {
        if (uri == null) {
            return component
                    .catalog()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "camera '" + id + "': has neither the option 'uri' nor a CameraCatalog bean that knows it"))
                    .find(id)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "camera '" + id + "': is not configured; add it or give the option 'uri'"));
        }
        return new CameraSourceSettings(
                id,
                uri,
                Optional.ofNullable(username),
                Optional.ofNullable(password),
                transport,
                new CameraExpectations(
                        connectLimit, Optional.ofNullable(silenceLimit), frozenLimit, CameraRequirements.NONE),
                maxFramesPerSecond,
                looping,
                realtime,
                new Tls(
                        tlsVerify,
                        Optional.ofNullable(tlsPin),
                        Optional.ofNullable(tlsCaFile).map(Path::of)),
                CameraStreams.ONE);
    }

    public boolean isTlsVerify() {
        return tlsVerify;
    }

    public void setTlsVerify(boolean tlsVerify) {
        this.tlsVerify = tlsVerify;
    }

    public @Nullable String getTlsPin() {
        return tlsPin;
    }

    public void setTlsPin(@Nullable String tlsPin) {
        this.tlsPin = tlsPin;
    }

    public @Nullable String getTlsCaFile() {
        return tlsCaFile;
    }

    public void setTlsCaFile(@Nullable String tlsCaFile) {
        this.tlsCaFile = tlsCaFile;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public @Nullable String getUri() {
        return uri;
    }

    public void setUri(@Nullable String uri) {
        this.uri = uri;
    }

    public @Nullable String getUsername() {
        return username;
    }

    public void setUsername(@Nullable String username) {
        this.username = username;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    public Transport getTransport() {
        return transport;
    }

    public void setTransport(Transport transport) {
        this.transport = transport;
    }

    public Duration getConnectLimit() {
        return connectLimit;
    }

    public void setConnectLimit(Duration connectLimit) {
        this.connectLimit = connectLimit;
    }

    public @Nullable Duration getSilenceLimit() {
        return silenceLimit;
    }

    public void setSilenceLimit(@Nullable Duration silenceLimit) {
        this.silenceLimit = silenceLimit;
    }

    public Duration getFrozenLimit() {
        return frozenLimit;
    }

    public void setFrozenLimit(Duration frozenLimit) {
        this.frozenLimit = frozenLimit;
    }

    public double getMaxFramesPerSecond() {
        return maxFramesPerSecond;
    }

    public void setMaxFramesPerSecond(double maxFramesPerSecond) {
        this.maxFramesPerSecond = maxFramesPerSecond;
    }

    public boolean isLooping() {
        return looping;
    }

    public void setLooping(boolean looping) {
        this.looping = looping;
    }

    public boolean isRealtime() {
        return realtime;
    }

    public void setRealtime(boolean realtime) {
        this.realtime = realtime;
    }
}
