package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.GroundPlane;
import io.sightline.engine.scene.GroundPoint;
import io.sightline.engine.scene.NearMissRule;
import io.sightline.engine.scene.ObjectFilter;
import io.sightline.engine.scene.Point;
import io.sightline.hub.files.FileProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a camera that are about its picture. */
class PictureKeysTest {
    private static final String HEAD = """
            sightline:
              detectors: { people: { type: caffe, model: net, network: net, labels: coco } }
              cameras:
                gate:
                  uri: demo:crossing
                  detector: people
            """;

    @TempDir
    Path folder;

    private CameraSettings load(String keys) throws IOException {
        var file = folder.resolve("sightline.yaml");
        Files.writeString(folder.resolve("net"), "");
        Files.writeString(file, HEAD + keys.indent(6));
        return SettingsLoader.load(file, new Secrets(Map.of(), List.of()))
                .cameras()
                .get("gate");
    }

    @Test
    void shouldTakeAllKeys() throws IOException {
        var camera = load("""
                zones: { yard: { polygon: [[0,0],[1,0],[1,1]], crowd: 5, crowd-after: 10s } }
                filters:
                  person: { min-area: 0.001, max-area: 0.5, min-ratio: 0.2, max-ratio: 1.5, min-confidence: 0.7 }
                  traffic light: { max-area: 0 }
                masks: { poster: { polygon: [[0,0],[0.5,0],[0.5,0.5]] }, screen: { polygon: [[0.6,0.6],[1,0.6],[1,1]] } }
                ground: { points: [[0.2,0.9],[0.8,0.9],[0.6,0.4],[0.4,0.4]], metres: [[0,0],[6,0],[6,-20.5],[0,-20.5]] }
                near-miss: { distance: 2.5m, labels: [person], others: [car], min-speed: 0.5 }
                privacy: { blur: [person], regions: { window: { polygon: [[0,0],[0.2,0],[0.2,0.2]] } }, strength: solid }
                """);

        assertThat(camera.zones()).singleElement().satisfies(zone -> assertThat(zone)
                .hasFieldOrPropertyWithValue("crowd", 5)
                .hasFieldOrPropertyWithValue("crowdAfter", Duration.ofSeconds(10)));
        assertThat(camera.filters())
                .containsExactly(
                        new ObjectFilter("person", 0.001, 0.5, 0.2, 1.5, 0.7),
                        new ObjectFilter("traffic light", 0, 0, 0, 100, 0));
        assertThat(camera.masks()).hasSize(2);
        assertThat(camera.ground())
                .contains(new GroundPlane(
                        List.of(new Point(0.2, 0.9), new Point(0.8, 0.9), new Point(0.6, 0.4), new Point(0.4, 0.4)),
                        List.of(
                                new GroundPoint(0, 0),
                                new GroundPoint(6, 0),
                                new GroundPoint(6, -20.5),
                                new GroundPoint(0, -20.5))));
        assertThat(camera.nearMiss()).contains(new NearMissRule(2.5, Set.of("person"), Set.of("car"), 0.5));
        assertThat(camera.privacy())
                .isEqualTo(new PrivacySettings(
                        Set.of("person"),
                        List.of(List.of(new Point(0, 0), new Point(0.2, 0), new Point(0.2, 0.2))),
                        PrivacySettings.Strength.SOLID));
    }

    @Test
    void shouldTakeDefaultsOfWhatIsBegun() throws IOException {
        var camera = load("""
                ground: { points: [[0.2,0.9],[0.8,0.9],[0.6,0.4],[0.4,0.4]], metres: [[0,0],[6,0],[6,20],[0,20]] }
                near-miss: {}
                privacy: {}
                """);

        assertThat(camera.nearMiss()).isEqualTo(Optional.of(new NearMissRule(2, Set.of(), Set.of(), 1)));
        assertThat(camera.privacy()).isEqualTo(PrivacySettings.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "masks: { m: { polygon: [[0,0],[1,1]] } } | cameras.gate.masks.m.polygon: got 2 points, allowed are 3 to 100",
                "masks: { m: {} } | cameras.gate.masks.m: 'polygon' is missing",
                "masks: [[[0,0],[1,1],[1,0]]] | cameras.gate.masks: got a list, allowed are keys with values",
                "privacy: { regions: { r: { polygon: [[0,0],[1,1],[1,0],[0,1]] } } } | cameras.gate.privacy.regions.r.polygon: sides 1 and 3 touch or cross",
                "privacy: { strength: weak } | privacy.strength: got 'weak', allowed are medium, strong, solid",
                "privacy: { blurr: [person] } | unknown key 'blurr', allowed are blur, regions, strength, did you mean 'blur'",
                "filters: { person: { min-area: 2 } } | filters.person.min-area: got '2', allowed is a number from 0 to 1",
                "filters: { person: { min-area: 0.5, max-area: 0.1 } } | cameras.gate.filters.person: filter 'person': got area from 0.5 to 0.1",
                "ground: { points: [[0,0],[1,0],[1,1]], metres: [[0,0],[6,0],[6,20],[0,20]] } | cameras.gate.ground: got 3 points and 4 places in metres, allowed are four each",
                "ground: { points: [[0,0],[1,0],[1,1],[0,1]], metres: [[0,0],[1,0],[2,0],[0,20]] } | cameras.gate.ground: metres: three of the four are on one line",
                "ground: { points: [[0,0],[1,0],[1,1],[0,1]], metres: [[0,0],[6,20],[6,0],[0,20]] } | go round in the same order",
                "ground: { points: [[0,0],[1,0],[1,1],[0,1]], metres: [[0,0],[6,far],[6,0],[0,20]] } | cameras.gate.ground.metres: allowed is a list of four places",
                "ground: { points: [[0,0],[1,0],[1,1],[0,1]] } | cameras.gate.ground: 'metres' is missing",
                "near-miss: { distance: 2m } | cameras.gate: got near-miss without ground",
                "near-miss: { distance: 2 } | near-miss.distance: got '2', allowed are 0.1 to 100 metres, for example 2m",
                "zones: { z: { polygon: [[0,0],[1,0],[1,1]], crowd: -1 } } | zones.z.crowd: got '-1', allowed is a whole number from 0 to 1000",
            })
    void shouldTellWhatIsWrongAndWhere(String keys, String problem) {
        var refused = catchThrowableOfType(FileProblems.class, () -> load(keys));

        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.problems()).anySatisfy(one -> assertThat(one.line() + ": " + one.text())
                .startsWith(keys.startsWith("near-miss: { distance: 2m") ? "5: " : "7: ")
                .contains(problem));
    }
}
