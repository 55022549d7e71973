package io.sightline.hub.cameras;

import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.fetch.ModelSource;
import io.sightline.hub.settings.DetectorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the engine is asked for, made of the settings of a detector. */
final class DetectorSpecs {
    private DetectorSpecs() {}

    /** Where the model is fetched from; empty where it is a file, or none is needed. */
    static Optional<ModelSource> source(DetectorSettings settings) {
        return settings.model()
                .filter(ModelSource::isAddress)
                .map(model ->
                        new ModelSource(URI.create(model), settings.sha256().orElseThrow()));
    }

    /** Of a detector whose model is a file or needs none. */
    static DetectorSpec of(DetectorSettings settings) {
        return switch (settings.type()) {
            case "hog" -> new DetectorSpec.Hog(settings.id(), settings.smallestPerson(), settings.minConfidence());
            case "motion" -> new DetectorSpec.Motion(settings.id(), settings.minConfidence());
            default -> of(settings, Path.of(settings.model().orElseThrow()));
        };
    }

    static DetectorSpec of(DetectorSettings settings, Path model) {
        if (settings.type().equals("caffe")) {
            return new DetectorSpec.Caffe(
                    settings.id(),
                    model,
                    settings.network().orElseThrow(),
                    settings.labels(),
                    settings.classes(),
                    settings.minConfidence(),
                    settings.input().wishes());
        }
        return new DetectorSpec.Onnx(
                settings.id(),
                model,
                settings.decoder(),
                settings.labels(),
                settings.classes(),
                settings.minConfidence(),
                settings.input().wishes(),
                new DetectorSpec.Execution(
                        DetectorSpec.Provider.valueOf(settings.provider().toUpperCase(Locale.ROOT)),
                        settings.device()));
    }
}
