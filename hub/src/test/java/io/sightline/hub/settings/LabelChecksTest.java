package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.hub.files.FileProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelChecksTest {
    private static final String FILE = """
            sightline:
              detectors:
                people: { type: hog }
                moves: { type: motion }
                all: { type: onnx, model: net, labels: coco }
                old: { type: caffe, model: net, network: net }
                own: { type: onnx, model: net, labels: labels.txt }
                unknown: { type: onnx, model: net }
              cameras:
                gate:
                  uri: demo:crossing
                  detector: DETECTOR
                  KEYS
                  ground: { points: [[0.2,0.9],[0.8,0.9],[0.6,0.4],[0.4,0.4]], metres: [[0,0],[6,0],[6,-20],[0,-20]] }
            """;

    @TempDir
    Path folder;

    private SightlineSettings load(String detector, String keys) throws IOException {
        Files.writeString(folder.resolve("net"), "");
        Files.writeString(folder.resolve("labels.txt"), "pallet\nfork lift");
        var file = folder.resolve("sightline.yaml");
        Files.writeString(file, FILE.replace("DETECTOR", detector).replace("KEYS", keys));
        return SettingsLoader.load(file, new Secrets(Map.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "people | privacy: { blur: [persn] } | cameras.gate.privacy.blur: got 'persn', allowed are labels of detector 'people': person, did you mean 'person'",
                "moves | filters: { person: {} } | cameras.gate.filters: got 'person', allowed are labels of detector 'moves': motion",
                "all | zones: { z: { polygon: [[0,0],[1,0],[1,1]], labels: [person, trucks] } } | cameras.gate.zones.z.labels: got 'trucks', allowed are labels of detector 'all': person, bicycle",
                "all | lines: { l: { from: [0,0.5], to: [1,0.5], labels: [bycicle] } } | and 68 more, did you mean 'bicycle'",
                "all | near-miss: { labels: [person], others: [forklift] } | cameras.gate.near-miss.others: got 'forklift', allowed are",
                "old | privacy: { blur: [truck] } | allowed are labels of detector 'old': aeroplane, bicycle",
                "own | privacy: { blur: [palet] } | allowed are labels of detector 'own': pallet, fork lift, did you mean 'pallet'",
            })
    void shouldTellLabelsThatTheDetectorDoesNotKnow(String detector, String keys, String problem) {
        var refused = catchThrowableOfType(FileProblems.class, () -> load(detector, keys));

        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.problems()).singleElement().satisfies(one -> assertThat(one.line() + ": " + one.text())
                .startsWith("13: ")
                .contains(problem));
    }

    @Test
    void shouldTakeLabelsThatTheDetectorKnowsAndAnyWhereOnlyTheModelKnows() {
        var right = Map.of("people", "person", "moves", "motion", "all", "traffic light", "own", "fork lift");
        right.forEach((detector, label) -> assertThatCode(() -> load(detector, "filters: { " + label + ": {} }"))
                .as(detector)
                .doesNotThrowAnyException());

        assertThatCode(() -> load("unknown", "privacy: { blur: [whatever] }")).doesNotThrowAnyException();
    }
}
