package io.sightline.hub.settings;

import io.sightline.engine.net.Tls;
import java.util.Map;
import java.util.Optional;

/** Which certificate a camera must show: whether the keys of it make sense together. */
final class TlsChecks {
    private TlsChecks() {}

    static void check(Reading reading, Map<String, Object> found, Map<String, Written> written) {
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
