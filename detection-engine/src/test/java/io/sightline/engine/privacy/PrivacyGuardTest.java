package io.sightline.engine.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.scene.Point;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.JpegEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looks at what a viewer gets: a JPEG that was encoded and decoded again. */
class PrivacyGuardTest {
    private static final int WIDTH = 321;
    private static final int HEIGHT = 241;
    private static final BoundingBox BOX = new BoundingBox(100, 60, 50, 120);
    private static final PrivacySettings PEOPLE =
            new PrivacySettings(Set.of("person"), List.of(), PrivacySettings.Strength.MEDIUM);

    /** Brightness of what is not covered jumps from pixel to pixel by tens. */
    private static final double SHARP = 20;

    private static final double SOFT = 6;

    private final FramePool pool = new FramePool(1, FrameInfo.bytes(WIDTH, HEIGHT));
    private final PrivacyGuard guard = new PrivacyGuard(PEOPLE);

    @AfterEach
    void shouldKeepNoFrame() {
        assertThat(pool.leased()).isZero();
    }

    @Test
    void shouldLeaveNothingFineInTheBoxAndTheRestAsItWas() throws IOException {
        var image = covered(guard, 0, List.of(person(0.9)), List.of());

        assertThat(roughness(image, BOX)).isLessThan(SOFT);
        assertThat(roughness(image, new BoundingBox(90, 50, 70, 140))).isLessThan(SOFT); // arms stick out
        assertThat(roughness(image, new BoundingBox(200, 20, 80, 200))).isGreaterThan(SHARP);
    }

    @Test
    void shouldCoverTheLikeOfTwoDifferentPicturesAlike() throws IOException {
        // two people who differ in everything fine but not in the mean look nearly the same
        var one = covered(new PrivacyGuard(PEOPLE), 0, List.of(person(0.9)), List.of());
        var other = covered(new PrivacyGuard(PEOPLE), 0, List.of(person(0.9)), List.of(), 99);

        double difference = 0;
        for (int x = 105; x < 145; x++) {
            for (int y = 65; y < 175; y++) {
                difference += Math.abs(luma(one, x, y) - luma(other, x, y)) / (40.0 * 110);
            }
        }
        assertThat(difference).isLessThan(8);
    }

    @Test
    void shouldCoverHintsAndWhatIsOnlyPredicted() throws IOException {
        assertThat(roughness(covered(guard, 0, List.of(person(0.1)), List.of()), BOX))
                .isLessThan(SOFT);

        var unseen = new Track(1, "person", 0.9, BOX, false, Instant.EPOCH);
        assertThat(roughness(covered(new PrivacyGuard(PEOPLE), 0, List.of(), List.of(unseen)), BOX))
                .isLessThan(SOFT);
    }

    @Test
    void shouldCoverForAWhileWhomTheDetectorMissesAndNobodyFollows() throws IOException {
        covered(guard, 0, List.of(person(0.9)), List.of());

        assertThat(roughness(covered(guard, 400, List.of(), List.of()), BOX)).isLessThan(SOFT);
        assertThat(roughness(covered(guard, 5000, List.of(), List.of()), BOX)).isGreaterThan(SHARP);
    }

    @Test
    void shouldCoverAsBeforeForAsLongAsNothingMoves() throws IOException {
        covered(guard, 0, List.of(person(0.1)), List.of());
        var beside = new BoundingBox(200, 20, 80, 200);

        // a minute, and then three looks that miss the person, with pauses between
        var image = passedOver(guard, 60_000);
        assertThat(roughness(image, BOX)).isLessThan(SOFT);
        assertThat(roughness(image, beside)).isGreaterThan(SHARP);
        for (int minute = 2; minute <= 3; minute++) {
            assertThat(roughness(covered(guard, minute * 60_000 - 500, List.of(), List.of()), BOX))
                    .isLessThan(SOFT);
            assertThat(roughness(passedOver(guard, minute * 60_000), BOX)).isLessThan(SOFT);
        }
        assertThat(roughness(covered(guard, 240_000, List.of(), List.of()), BOX))
                .isGreaterThan(SHARP);
        assertThat(roughness(passedOver(guard, 240_200), BOX)).isGreaterThan(SHARP);
    }

    @Test
    void shouldCoverEverythingThatIsPassedOverBeforeALookSucceeds() throws IOException {
        assertThat(roughness(passedOver(guard, 0), BOX)).isLessThan(SOFT);

        covered(guard, 200, List.of(), List.of());
        assertThat(roughness(passedOver(guard, 400), BOX)).isGreaterThan(SHARP);

        try (Frame frame = frame(600, 1)) {
            guard.coverUnknown(frame);
        }
        assertThat(roughness(passedOver(guard, 800), BOX)).isLessThan(SOFT);

        covered(guard, 1000, List.of(), List.of());
        assertThat(roughness(passedOver(guard, 1200), BOX)).isGreaterThan(SHARP);
    }

    @Test
    void shouldForgetAnOldBoxWhereTheSameObjectHasANewOne() throws IOException {
        for (int i = 0; i < 4; i++) {
            covered(guard, i * 250, List.of(person(0.9)), List.of());
        }

        // an old box would have grown by more than 90 pixels on each side
        var image = covered(guard, 1000, List.of(person(0.9)), List.of());
        assertThat(roughness(image, BOX)).isLessThan(SOFT);
        assertThat(roughness(image, new BoundingBox(170, 60, 40, 120))).isGreaterThan(SHARP);
    }

    @Test
    void shouldKeepTheBoxOfWhoStandsCloseToSomebodyAndIsMissed() throws IOException {
        var neighbour = new SeenObject("person", 0.9, new BoundingBox(120, 60, 50, 120));
        covered(guard, 0, List.of(person(0.9), neighbour), List.of());

        var image = covered(guard, 200, List.of(person(0.9)), List.of());

        assertThat(roughness(image, neighbour.box())).isLessThan(SOFT);
    }

    @Test
    void shouldCoverEverythingWhereNobodyKnowsWhoIsThere() throws IOException {
        try (Frame frame = frame(0, 1)) {
            guard.coverUnknown(frame);

            assertThat(roughness(decoded(frame), new BoundingBox(0, 0, WIDTH, HEIGHT)))
                    .isLessThan(SOFT);
        }
    }

    @Test
    void shouldCoverRegionsAlwaysAndLeaveOtherLabelsAlone() throws IOException {
        var corner = List.of(new Point(0, 0), new Point(0.5, 0), new Point(0, 1));
        var settings = new PrivacySettings(Set.of(), List.of(corner), PrivacySettings.Strength.SOLID);
        var image = covered(new PrivacyGuard(settings), 0, List.of(person(0.9)), List.of());

        assertThat(roughness(image, new BoundingBox(0, 0, 50, 120))).isLessThan(2);
        assertThat(roughness(image, new BoundingBox(170, 60, 100, 150))).isGreaterThan(SHARP);
        try (Frame frame = frame(0, 1)) {
            new PrivacyGuard(settings).coverUnknown(frame);
            assertThat(roughness(decoded(frame), new BoundingBox(170, 60, 100, 150)))
                    .isGreaterThan(SHARP);
        }
    }

    @Test
    void shouldTakeBoxesFromAnywhere() throws IOException {
        var far = new SeenObject("person", 0.9, new BoundingBox(-500, -500, 100, 100));
        var cut = new SeenObject("person", 0.9, new BoundingBox(300, 200, 500, 500));
        var empty = new SeenObject("person", 0.9, new BoundingBox(10, 10, 0, 0));

        var image = covered(guard, 0, List.of(far, cut, empty), List.of());

        assertThat(roughness(image, new BoundingBox(305, 205, 15, 35))).isLessThan(SOFT);
    }

    @Test
    void shouldRefuseRegionsThatAreNoPolygons() {
        var two = List.of(new Point(0, 0), new Point(1, 1));

        assertThatThrownBy(() -> new PrivacySettings(Set.of(), List.of(two), PrivacySettings.Strength.STRONG))
                .hasMessageContaining("privacy region: polygon has 2 points");
    }

    private BufferedImage covered(PrivacyGuard by, long millis, List<SeenObject> objects, List<Track> tracks)
            throws IOException {
        try (Frame frame = frame(millis, 1)) {
            by.cover(frame, new Observation(frame.info(), objects), tracks);
            return decoded(frame);
        }
    }

    private BufferedImage covered(PrivacyGuard by, long millis, List<SeenObject> objects, List<Track> tracks, int seed)
            throws IOException {
        try (Frame frame = frame(millis, seed)) {
            by.cover(frame, new Observation(frame.info(), objects), tracks);
            return decoded(frame);
        }
    }

    private BufferedImage passedOver(PrivacyGuard by, long millis) throws IOException {
        try (Frame frame = frame(millis, 1)) {
            by.coverAsBefore(frame, List.of());
            return decoded(frame);
        }
    }

    private static SeenObject person(double confidence) {
        return new SeenObject("person", confidence, BOX);
    }

    /** Noise, the finest that there is. */
    private Frame frame(long millis, int seed) {
        var slot = pool.lease().orElseThrow();
        var memory = slot.memory();
        var random = new Random(seed);
        for (int i = 0; i < FrameInfo.bytes(WIDTH, HEIGHT); i++) {
            memory.put(i, (byte) (i < WIDTH * HEIGHT ? 40 + random.nextInt(180) : 128));
        }
        return slot.publish(new FrameInfo("a", 1, Instant.ofEpochMilli(millis), WIDTH, HEIGHT));
    }

    private static BufferedImage decoded(Frame frame) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(new JpegEncoder().encode(frame, List.of(), 2000, 95)));
    }

    /** Mean difference of neighbours, 0 to 255. */
    private static double roughness(BufferedImage image, BoundingBox in) {
        double sum = 0;
        int count = 0;
        for (int y = (int) in.y() + 1; y < Math.min(HEIGHT, in.bottom()); y++) {
            for (int x = (int) in.x() + 1; x < Math.min(WIDTH, in.right()); x++) {
                sum += Math.abs(luma(image, x, y) - luma(image, x - 1, y));
                count++;
            }
        }
        return sum / count;
    }

    private static int luma(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >> 8 & 255;
    }
}
