package io.sightline.hub.settings;

import io.sightline.engine.detect.Detectors;
import io.sightline.hub.files.Suggestion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a camera's detector can see what its zones, lines, filters, near misses and privacy name: a misspelt label would be silent
 * otherwise. Where only the model knows its labels, nothing is refused.
 */
final class LabelChecks {
    private static final Pattern KEY =
            Pattern.compile("cameras\\.([^.]+)\\.(?:zones\\..+\\.labels|lines\\..+\\.labels|filters|privacy\\.blur"
                    + "|near-miss\\.(?:labels|others))");
    private static final int MOST_SHOWN = 12;

    private final Reading reading;

    LabelChecks(Reading reading) {
        this.reading = reading;
    }

    void check(SightlineSettings settings) {
        for (Written word : reading.words()) {
            var key = KEY.matcher(word.key());
            if (key.matches()) {
                var camera = settings.cameras().get(key.group(1));
                var detector = camera == null ? null : settings.detectors().get(camera.detector());
                if (detector != null) {
                    check(word, detector);
                }
            }
        }
    }

    private void check(Written word, DetectorSettings detector) {
        List<String> known = known(detector);
        if (!known.isEmpty() && !known.contains(word.text())) {
            reading.refuse(
                    word,
                    "are labels of detector '" + detector.id() + "': " + shown(known)
                            + Suggestion.text(word.text(), known));
        }
    }

    private static List<String> known(DetectorSettings detector) {
        return switch (detector.type()) {
            case "hog" -> Detectors.labelsWithoutModel(false);
            case "motion" -> Detectors.labelsWithoutModel(true);
            default -> Detectors.labels(detector.labels());
        };
    }

    private static String shown(List<String> labels) {
        return labels.size() <= MOST_SHOWN
                ? String.join(", ", labels)
                : String.join(", ", labels.subList(0, MOST_SHOWN)) + " and " + (labels.size() - MOST_SHOWN) + " more";
    }
}
