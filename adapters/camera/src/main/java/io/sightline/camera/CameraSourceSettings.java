package io.sightline.camera;

import io.sightline.camera.objects.ObjectsAddress;
import io.sightline.camera.streams.CameraStreams;
import io.sightline.engine.net.Tls;
import io.sightline.engine.video.VideoSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One camera, as its reader needs it. A bad value is refused together with all others.
 *
 * @param id matches {@code [a-z0-9][a-z0-9_-]{0,62}}
 * @param uri {@code demo:crossing}, {@code file:…}, {@code folder:…}, {@code v4l2:…}, {@code objects:…}, {@code http://…},
 *     {@code https://…}, {@code rtsp://…} or {@code rtsps://…}, without login
 * @param username for cameras that ask for a login
 * @param password goes with the user name
 * @param transport how RTSP carries pictures
 * @param expectations what is expected of it, and for how long its failing is borne
 * @param maxFramesPerSecond frames that enter the route per second, at most; above 0, up to 120
 * @param looping a file or folder starts again after its last picture
 * @param realtime a file, a folder or the demo scene gives its pictures at their own speed, otherwise at once
 * @param tls which certificate a camera must show
 * @param streams its other streams, and what is decoded of this one
 */
public record CameraSourceSettings(
        String id,
        String uri,
        Optional<String> username,
        Optional<String> password,
        VideoSettings.Transport transport,
        CameraExpectations expectations,
        double maxFramesPerSecond,
        boolean looping,
        boolean realtime,
        Tls tls,
        CameraStreams streams) {

    public static final double DEFAULT_FRAMES_PER_SECOND = 5;

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final double MOST_FRAMES_PER_SECOND = 120;

    public CameraSourceSettings {
        List<String> problems = new ArrayList<>();
        idProblem(id).ifPresent(problems::add);
        if (!(maxFramesPerSecond > 0 && maxFramesPerSecond <= MOST_FRAMES_PER_SECOND)) {
            problems.add("maxFramesPerSecond: got " + maxFramesPerSecond + ", allowed are values above 0 up to 120");
        }
        if (password.isPresent() && username.isEmpty()) {
            problems.add("password: needs a username beside it");
        }
        try {
            if (uri.startsWith(ObjectsAddress.PREFIX)) {
                ObjectsAddress.problem(uri).ifPresent(problems::add);
            } else {
                var video = new VideoSettings(
                        "camera " + id,
                        uri,
                        login(username, password),
                        transport,
                        expectations.connectLimit(),
                        looping,
                        realtime,
                        VideoSettings.Access.STANDARD,
                        streams.decode());
                streams.snapshot().ifPresent(video::at);
                streams.record().ifPresent(video::at);
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage().substring(e.getMessage().indexOf(": ") + 2));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("camera '" + id + "': " + String.join("; ", problems));
        }
    }

    /** A camera with the defaults: no login, TCP, the usual expectations, 5 frames per second, looping at its own speed. */
    public static CameraSourceSettings of(String id, String uri) {
        return new CameraSourceSettings(
                id,
                uri,
                Optional.empty(),
                Optional.empty(),
                VideoSettings.Transport.TCP,
                CameraExpectations.USUAL,
                DEFAULT_FRAMES_PER_SECOND,
                true,
                true,
                Tls.STANDARD,
                CameraStreams.ONE);
    }

    static Optional<String> idProblem(String id) {
        return ID.matcher(id).matches()
                ? Optional.empty()
                : Optional.of(
                        "id: got '" + id + "', allowed are 1 to 63 of a-z, 0-9, _ and -, starting with a-z or 0-9");
    }

    private static Optional<VideoSettings.Login> login(Optional<String> username, Optional<String> password) {
        return username.map(name -> new VideoSettings.Login(name, password.orElse("")));
    }

    /** Whether it is a smart camera, which sends lists of objects and no pictures. */
    boolean sendsObjects() {
        return uri.startsWith(ObjectsAddress.PREFIX);
    }

    VideoSettings video() {
        return new VideoSettings(
                "camera " + id,
                uri,
                login(username, password),
                transport,
                expectations.connectLimit(),
                looping,
                realtime,
                new VideoSettings.Access(tls, maxFramesPerSecond),
                streams.decode().wanting(maxFramesPerSecond));
    }

    @Override
    public String toString() {
        return "CameraSourceSettings[id=" + id + "]";
    }
}
