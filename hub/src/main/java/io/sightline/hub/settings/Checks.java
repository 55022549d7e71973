package io.sightline.hub.settings;

import io.sightline.camera.streams.StreamRoles;
import io.sightline.engine.net.AddressSecrets;
import io.sightline.engine.scene.Point;
import io.sightline.hub.files.Suggestion;
import io.sightline.hub.sinks.SinkSettings;
import io.sightline.processors.clips.ClipSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a record needs beyond each single value; may complete or replace values. */
final class Checks {
    private static final Set<String> SCHEMES =
            Set.of("demo", "file", "http", "https", "rtsp", "rtsps", "folder", "v4l2", "objects", "gige");

    /** Of a camera that discovery found and whose maker it does not know. */
    private static final String UNKNOWN_PATH = "PATH-OF-ITS-SMALL-STREAM";

    private static final List<String> SCENES = List.of("crossing");

    private final Reading reading;
    private final Values values;

    Checks(Reading reading, Values values) {
        this.reading = reading;
        this.values = values;
    }

    /** Removes from {@code found} what it refuses. */
    void check(Class<?> type, Map<String, Object> found, Map<String, Written> written, RecordReader.Place place) {
        if (type == CameraSettings.class) {
            camera(found, written, place);
        } else if (type == StreamKeys.class) {
            new StreamChecks(reading).keys(found, written);
        } else if (type == DetectorSettings.class) {
            new DetectorChecks(reading, values).check(found, written, place);
        } else if (type == HubSettings.class && written.containsKey("id")) {
            hubId(written.get("id"));
        } else if (type == PortSettings.class) {
            ports(found, written);
        } else if (type == StoreSettings.class && written.containsKey("url")) {
            store(written.get("url"));
        } else if (type == SinkSettings.class) {
            new SinkChecks(reading).check(found, written, place);
        } else if (type == LineKeys.class
                && found.containsKey("from")
                && found.get("from").equals(found.get("to"))) {
            Point from = (Point) found.get("from");
            reading.problem(
                    place.line(),
                    place.key() + ": got a line from [" + from.x() + ", " + from.y()
                            + "] to itself, allowed is a line with a" + " length");
        }
    }

    private void hubId(Written id) {
        if (!RecordReader.ID.matcher(id.text()).matches()) {
            reading.refuse(id, "are 1 to 63 of a-z, 0-9, _ and -, the first a letter or digit");
        }
    }

    private void ports(Map<String, Object> found, Map<String, Written> written) {
        List<String> names = List.of("http", "management", "core", "amqp", "mqtt");
        for (int i = 0; i < names.size(); i++) {
            Object port = found.get(names.get(i));
            for (String earlier : names.subList(0, i)) {
                Written at = written.getOrDefault(names.get(i), written.get(earlier));
                if (port != null && !port.equals(0) && port.equals(found.get(earlier)) && at != null) {
                    reading.problem(
                            at.line(),
                            "ports: " + earlier + " and " + names.get(i) + " are both " + port
                                    + ", allowed is one port each; 0 picks a free one");
                }
            }
        }
    }

    private void store(Written url) {
        String text = url.text();
        boolean login = text.contains("@") || text.toLowerCase(Locale.ROOT).matches(".*[?&](user|password)=.*");
        if (!text.startsWith("jdbc:postgresql:") || login) {
            reading.refuse(
                    new Written(url.line(), url.key(), text, url.source(), false, login),
                    "is jdbc:postgresql://host/database; the login stands in username and password");
        }
    }

    private void camera(Map<String, Object> found, Map<String, Written> written, RecordReader.Place place) {
        if ("".equals(found.get("name"))) {
            found.put("name", place.id());
        }
        new StreamChecks(reading).camera(found, place);
        boolean nearMiss = found.get("nearMiss") instanceof Optional<?> rule && rule.isPresent();
        if (nearMiss && Optional.empty().equals(found.get("ground"))) {
            reading.problem(
                    place.line(),
                    place.key() + ": got near-miss without ground, allowed is both: metres need four points");
        }
        TlsChecks.check(reading, found, written, place);
        var devices = new DeviceChecks(reading);
        devices.check(found, written, place);
        Written uri = written.get("uri");
        if (uri == null) {
            return;
        }
        Optional<CameraUri> parts = CameraUri.parse(uri.text());
        if (parts.isEmpty() || !SCHEMES.contains(parts.get().scheme())) {
            String scheme = uri.text().split(":", 2)[0];
            reading.refuse(
                    uri,
                    "are demo:, file:, folder:, v4l2:, objects:, http:, https:, rtsp: and rtsps: addresses"
                            + Suggestion.text(scheme, SCHEMES));
            return;
        }
        switch (parts.get().scheme()) {
            case "demo" -> {
                demo(uri, parts.get());
                noClips(uri, found, place);
            }
            case "file" -> file(uri, parts.get(), found);
            case "folder" -> {
                file(uri, parts.get(), found);
                noClips(uri, found, place);
            }
            case "v4l2", "objects", "gige" -> {
                devices.address(uri, parts.get(), found);
                noClips(uri, found, place);
            }
            default -> {
                network(uri, parts.get(), found);
                if (parts.get().scheme().startsWith("http")) {
                    noClips(uri, found, place);
                }
            }
        }
    }

    /** What all cameras have by default, this one just does without. */
    private void noClips(Written uri, Map<String, Object> found, RecordReader.Place place) {
        boolean own = !place.defaults().containsKey("clips")
                && !(found.get("streams") instanceof StreamRoles roles
                        && roles.record().isPresent());
        if (own && found.get("clips") instanceof ClipSettings clips && clips.enabled()) {
            reading.problem(
                    uri.line(),
                    place.key() + ".clips: got enabled for " + uri.shown()
                            + ", allowed is a source with video of its own: rtsp:, rtsps: or file:, also as"
                            + " streams.record");
        }
    }

    private void demo(Written uri, CameraUri parts) {
        String scene = parts.withoutScheme().split("\\?", 2)[0];
        if (!SCENES.contains(scene)) {
            reading.refuse(uri, "is demo:crossing" + Suggestion.text(scene, SCENES));
        }
    }

    private void file(Written uri, CameraUri parts, Map<String, Object> found) {
        String path = parts.withoutScheme().replaceFirst("^//(?=/)", "");
        if (path.isBlank() || path.startsWith("//")) {
            reading.refuse(
                    uri, "is " + parts.scheme() + ": and a path, for example " + parts.scheme() + ":videos/gate");
        } else {
            // A missing video is the outside world: the camera is OFFLINE with that reason, the hub starts.
            found.put("uri", parts.scheme() + ":" + reading.resolve(path));
        }
    }

    private void network(Written uri, CameraUri parts, Map<String, Object> found) {
        Optional<String> doubt = AddressSecrets.doubt(uri.text());
        if (doubt.isPresent()) {
            reading.refuse(uri, doubt.get());
            return;
        }
        if (!hasHost(parts.address())) {
            reading.refuse(uri, "is an address like " + parts.scheme() + "://192.0.2.10/stream2");
            return;
        }
        if (parts.address().contains(UNKNOWN_PATH)) {
            reading.refuse(
                    uri,
                    "is the address with the camera's own path in place of " + UNKNOWN_PATH
                            + "; its web page or its manual tells it");
            return;
        }
        found.put("uri", parts.address());
        boolean twice = parts.username().isPresent()
                && !Optional.empty().equals(found.getOrDefault("username", Optional.empty()));
        if (twice) {
            reading.problem(
                    uri.line(),
                    uri.key() + ": got a login here and in username, allowed is one of them; prefer username");
        } else if (parts.username().isPresent()) {
            found.put("username", parts.username());
            found.put("password", parts.password());
        }
    }

    private static boolean hasHost(String address) {
        try {
            var uri = new URI(address.replace("{", "%7B").replace("}", "%7D"));
            return uri.getHost() != null && uri.getPort() < 65536;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
