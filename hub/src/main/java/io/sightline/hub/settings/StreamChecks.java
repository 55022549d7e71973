package io.sightline.hub.settings;

import io.sightline.camera.streams.StreamRoles;
import io.sightline.engine.net.AddressSecrets;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.hub.files.Suggestion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a camera's other streams need beyond each single value. */
final class StreamChecks {
    private static final Set<String> SCHEMES = Set.of("file", "rtsp", "rtsps");

    private final Reading reading;

    StreamChecks(Reading reading) {
        this.reading = reading;
    }

    /** Completes the path of files. */
    void keys(Map<String, Object> found, Map<String, Written> written) {
        for (String key : List.of("detect", "record")) {
            Written address = written.get(key);
            if (address != null) {
                address(address, key, found);
            }
        }
    }

    private void address(Written written, String key, Map<String, Object> found) {
        Optional<CameraUri> parts = CameraUri.parse(written.text());
        Optional<String> doubt = AddressSecrets.doubt(written.text());
        if (parts.isEmpty() || !SCHEMES.contains(parts.get().scheme())) {
            String scheme = written.text().split(":", 2)[0];
            reading.refuse(written, "are file:, rtsp: and rtsps: addresses" + Suggestion.text(scheme, SCHEMES));
        } else if (!parts.get().scheme().equals("file") && doubt.isPresent()) {
            reading.refuse(written, doubt.get());
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

    void camera(Map<String, Object> found, RecordReader.Place place) {
        if (found.get("streams") instanceof StreamRoles roles) {
            covered(roles, found, place);
            drawn(roles, found, place);
        }
    }

    /** A picture of another stream has nothing covered in it. */
    private void covered(StreamRoles roles, Map<String, Object> found, RecordReader.Place place) {
        if (!(found.get("privacy") instanceof PrivacySettings privacy) || !privacy.covers()) {
            return;
        }
        if (roles.snapshot() == StreamRoles.Snapshot.MAIN) {
            reading.problem(
                    place.line(),
                    place.key() + ".streams: got snapshot: main beside privacy, allowed are auto and detect: only the"
                            + " pictures that are looked at are covered");
        }
        if (roles.record().isPresent()) {
            reading.problem(
                    place.line(),
                    place.key() + ".streams: got record beside privacy, allowed is none: clips and live video show what"
                            + " the camera sends, with nothing covered");
        }
    }

    private void drawn(StreamRoles roles, Map<String, Object> found, RecordReader.Place place) {
        String other = roles.detect().isPresent() ? "detect" : "record";
        boolean split = roles.detect().isPresent() || roles.record().isPresent();
        if (split && found.get("uri") instanceof String uri && uri.startsWith("demo:")) {
            reading.problem(
                    place.line(),
                    place.key() + ".streams: got " + other + " beside the drawn scene, allowed is uri alone");
        }
    }
}
