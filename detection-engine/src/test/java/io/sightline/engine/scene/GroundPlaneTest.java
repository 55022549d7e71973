package io.sightline.engine.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.FrameInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroundPlaneTest {
    /** A street of 6 by 20 metres that narrows towards a horizon at 0.15. */
    private static final GroundPlane STREET = new GroundPlane(
            List.of(new Point(0.2, 0.9), new Point(0.8, 0.9), new Point(0.6, 0.4), new Point(0.4, 0.4)),
            List.of(new GroundPoint(0, 0), new GroundPoint(6, 0), new GroundPoint(6, 20), new GroundPoint(0, 20)));

    /** 10 by 10 metres seen from straight above. */
    private static final GroundPlane YARD = new GroundPlane(
            List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)),
            List.of(new GroundPoint(0, 0), new GroundPoint(10, 0), new GroundPoint(10, 10), new GroundPoint(0, 10)));

    private final List<SceneChange> changes = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    @Test
    void shouldFindPlacesOnTheGround() {
        var corner = STREET.at(new Point(0.6, 0.4)).orElseThrow();
        assertThat(corner.x()).isCloseTo(6, within(1e-6));
        assertThat(corner.y()).isCloseTo(20, within(1e-6));

        var middle = STREET.at(new Point(0.5, 0.65)).orElseThrow();
        assertThat(middle.x()).isCloseTo(3, within(1e-6));
        assertThat(middle.y()).isBetween(4.0, 6.0); // nearer than the middle of the picture suggests
    }

    @Test
    void shouldKnowNoPlaceAboveTheHorizon() {
        assertThat(STREET.at(new Point(0.5, 0.16))).isPresent();
        assertThat(STREET.at(new Point(0.5, 0.14))).isEmpty();
        assertThat(STREET.at(new Point(0, 0))).isEmpty();
    }

    @Test
    void shouldRefusePointsThatTellNothing() {
        var square = List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1));
        var flat = List.of(new GroundPoint(0, 0), new GroundPoint(1, 0), new GroundPoint(2, 0), new GroundPoint(0, 5));
        var crossed =
                List.of(new GroundPoint(0, 0), new GroundPoint(6, 20), new GroundPoint(6, 0), new GroundPoint(0, 20));
        assertThatThrownBy(() -> new GroundPlane(square, flat)).hasMessageContaining("metres: three of the four");
        assertThatThrownBy(() -> new GroundPlane(square, crossed)).hasMessageContaining("same order");
        assertThatThrownBy(() -> new GroundPlane(square.subList(0, 3), flat)).hasMessageContaining("got 3 points");
    }

    @Test
    void shouldMeasureSpeedThroughTrembling() {
        var scene = scene(Optional.empty());
        var random = new java.util.Random(1);

        for (int i = 0; i < 30; i++) { // 1.5 metres per second: 15 pixels a frame of 100 ms on 1000 pixels
            move(scene, person(100 + 15 * i + 3 * random.nextGaussian(), 500));
        }

        assertThat(scene.speedOf(1).orElseThrow()).isCloseTo(1.5, within(0.15));
        assertThat(scene.speedOf(7)).isEmpty();
    }

    @Test
    void shouldTellOnceWhenAVehicleComesTooNear() {
        var scene = scene(Optional.of(new NearMissRule(2, Set.of("person"), Set.of("car"), 1)));

        for (int i = 0; i < 60; i++) { // the car passes at one metre
            move(scene, person(500, 500), car(100 + 20 * i, 600));
        }

        assertThat(changes).singleElement().isInstanceOfSatisfying(SceneChange.NearMiss.class, miss -> {
            assertThat(miss.track().label()).isEqualTo("person");
            assertThat(miss.metres()).isLessThan(2);
            assertThat(miss.speed()).isCloseTo(2, within(0.1));
        });
    }

    @Test
    void shouldFindNobodyInDangerBesideAParkedCar() {
        var scene = scene(Optional.of(new NearMissRule(2, Set.of("person"), Set.of("car"), 1)));

        for (int i = 0; i < 60; i++) {
            move(scene, person(500 + i, 500), car(520, 600));
        }

        assertThat(changes).isEmpty();
    }

    @Test
    void shouldRefuseNearMissesWithoutGround() {
        var rule = Optional.of(new NearMissRule(2, Set.of(), Set.of(), 0));

        assertThatThrownBy(() -> new SceneSettings(List.of(), List.of(), Optional.empty(), rule))
                .hasMessageContaining("near-miss")
                .hasMessageContaining("four points");
        assertThatThrownBy(() -> new NearMissRule(0, Set.of(), Set.of(), 0)).hasMessageContaining("positive");
    }

    private static Scene scene(Optional<NearMissRule> rule) {
        return new Scene(new SceneSettings(List.of(), List.of(), Optional.of(YARD), rule));
    }

    private void move(Scene scene, Track... tracks) {
        now = now.plusMillis(100);
        changes.addAll(scene.update(List.of(tracks), List.of(), new FrameInfo("a", 1, now, 1000, 1000)));
    }

    private static Track person(double x, double y) {
        return new Track(1, "person", 0.9, new BoundingBox(x - 20, y - 100, 40, 100), true, Instant.EPOCH);
    }

    private static Track car(double x, double y) {
        return new Track(2, "car", 0.9, new BoundingBox(x - 60, y - 80, 120, 80), true, Instant.EPOCH);
    }
}
