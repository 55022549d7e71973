package io.sightline.hub.settings;

import io.sightline.camera.streams.StreamRoles;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.hub.files.Suggestion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a camera's other streams need beyond each single value. */
final class StreamChecks {
    private static final String DETECT = "detect";
    private static final Set<String> SCHEMES = Set.of("file", "rtsp", "rtsps");

    private final Reading reading;

    StreamChecks(Reading reading) {
        this.reading = reading;
    }

    /** Completes the path of files. */
    void keys(Map<String, Object> found, Map<String, Written> written) {
        Written address = written.get(DETECT);
        if (address != null) {
            address(address, DETECT, found);
        }
    }

    private void address(Written written, String key, Map<String, Object> found) {
        Optional<CameraUri> parts = CameraUri.parse(written.text());
        if (parts.isEmpty() || !SCHEMES.contains(parts.get().scheme())) {
            String scheme = written.text().split(":", 2)[0];
            reading.refuse(written, "are file:, rtsp: and rtsps: addresses" + Suggestion.text(scheme, SCHEMES));
        } else if (parts.get().username().isPresent()) {
            reading.refuse(written, "is an address without a login; the camera's username and password are taken");
        } else if (parts.get().scheme().equals("file")) {
            String path = parts.get().withoutScheme().replaceFirst("^//(?=/)", "");
            found.put(key, Optional.of("file:" + reading.resolve(path)));
        } else if (!hasHost(written.text())) {
            reading.refuse(written, "is an address like " + parts.get().scheme() + "://192.0.2.10/stream2");
        }
    }

    private static boolean hasHost(String address) {
        try {
            var uri = new URI(address);
            return uri.getHost() != null && uri.getPort() < 65536;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A picture of another stream has nothing covered in it. */
    void camera(Map<String, Object> found, RecordReader.Place place) {
        boolean main =
                found.get("streams") instanceof StreamRoles roles && roles.snapshot() == StreamRoles.Snapshot.MAIN;
        boolean covers = found.get("privacy") instanceof PrivacySettings privacy && privacy.covers();
        if (main && covers) {
            reading.problem(
                    place.line(),
                    place.key() + ".streams: got snapshot: main beside privacy, allowed are auto and detect: only the"
                            + " pictures that are looked at are covered");
        }
        boolean split = found.get("streams") instanceof StreamRoles roles
                && roles.detect().isPresent();
        if (split && found.get("uri") instanceof String uri && uri.startsWith("demo:")) {
            reading.problem(
                    place.line(), place.key() + ".streams: got detect beside the drawn scene, allowed is uri alone");
        }
    }
}
