package io.sightline.hub.settings;

import io.sightline.camera.streams.StreamRoles;
import io.sightline.engine.net.Tls;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which certificate a camera must show: whether the keys of it make sense together. */
final class TlsChecks {
    private static final List<String> KEYS = List.of("tlsVerify", "tlsPin", "tlsCaFile");

    private TlsChecks() {}

    private static boolean isEncrypted(String uri, Map<String, Object> found) {
        Stream<String> others = found.get("streams") instanceof StreamRoles roles
                ? Stream.of(roles.detect(), roles.record()).flatMap(Optional::stream)
                : Stream.empty();
        return Stream.concat(Stream.of(uri), others)
                .map(address -> address.split(":", 2)[0].toLowerCase(Locale.ROOT))
                .anyMatch(scheme -> scheme.equals("rtsps") || scheme.equals("https"));
    }

    static void check(
            Reading reading, Map<String, Object> found, Map<String, Written> written, RecordReader.Place place) {
        if (found.get("uri") instanceof String uri && !isEncrypted(uri, found)) {
            KEYS.stream()
                    .map(written::get)
                    .filter(key -> key != null && key.key().startsWith(place.key() + ".")) // not one of camera-defaults
                    .forEach(key -> reading.problem(
                            key.line(),
                            key.key() + ": got " + key.shown() + " where no address of the camera is encrypted, allowed"
                                    + " is this key beside rtsps: and https: addresses; drop it, or take such an"
                                    + " address"));
        }
        Written pin = written.get("tlsPin");
        if (pin == null) {
            return;
        }
        if (Boolean.FALSE.equals(found.get("tlsVerify"))) {
            reading.problem(
                    pin.line(),
                    pin.key() + ": got a pin and tls-verify: false, allowed is one of them; the pin is what is safe");
            return;
        }
        try {
            new Tls(true, Optional.of(pin.text()), Optional.empty());
        } catch (IllegalArgumentException e) {
            reading.refuse(pin, "is the SHA-256 of the camera's certificate, 64 hex digits with or without colons");
        }
    }
}
