package io.sightline.hub.settings;

import io.sightline.engine.detect.Detectors;
import java.util.List;
import java.util.function.Supplier;

/** The decoders that the engine has. */
final class DecoderNames implements Supplier<List<String>> {
    @Override
    public List<String> get() {
        return Detectors.decoders();
    }
}
