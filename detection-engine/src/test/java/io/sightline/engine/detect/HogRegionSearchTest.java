package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.video.DemoScene;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.HOGDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HogRegionSearchTest {
    private static final HogRegionSearch.Grid GRID = new HogRegionSearch.Grid(1.2, 8, 16, -0.5);
    private static final HogRegionSearch.Extent PICTURE = new HogRegionSearch.Extent(640, 480);

    private final DemoScene scene = new DemoScene(5);
    private final FramePool pool = new FramePool(1, FrameInfo.bytes(DemoScene.WIDTH, DemoScene.HEIGHT));
    private HOGDescriptor descriptor;
    private HogRegionSearch search;

    @BeforeEach
    void open() {
        OpenCv.load();
        descriptor = new HOGDescriptor();
        try (var weights = HOGDescriptor.getDefaultPeopleDetector();
                var plane = new Mat(weights)) {
            descriptor.setSVMDetector(plane);
        }
        search = new HogRegionSearch(descriptor, GRID);
    }

    @AfterEach
    void close() {
        search.close();
        descriptor.close();
        assertThat(pool.leased()).isZero();
    }

    @Test
    void shouldFindTheSameWindowsAsTheWholeSearch() {
        try (var frame = draw(40);
                var luma = OpenCv.luma(frame)) {
            // When
            Map<String, Double> whole = whole(luma);
            Map<String, Double> everywhere = parts(luma, new BoundingBox(0, 0, 640, 480));
            Map<String, Double> right = parts(luma, new BoundingBox(301.5, 77.7, 220.3, 290));

            // Then
            assertThat(whole).hasSizeGreaterThan(10);
            assertThat(everywhere).containsOnlyKeys(whole.keySet());
            everywhere.forEach((window, weight) -> assertThat(weight).isCloseTo(whole.get(window), within(1e-4)));
            assertThat(right).hasSizeBetween(1, whole.size() - 1);
            right.forEach((window, weight) -> assertThat(weight).isCloseTo(whole.get(window), within(1e-4)));
        }
    }

    @Test
    void shouldFindEachPersonInItsRegion() throws Exception {
        // Given
        try (var detector = Detectors.open(new DetectorSpec.Hog("people", 128, 0.6));
                var frame = draw(40)) {
            var whole = detector.detect(frame);
            assertThat(whole).isNotEmpty();

            for (SeenObject person : whole) {
                // When: only the legs are known to move
                var box = person.box();
                var legs = new BoundingBox(box.x(), box.y() + box.height() / 2, box.width(), box.height() / 2);
                var found = detector.detect(frame, List.of(legs));

                // Then
                assertThat(found).contains(person);
            }
        }
    }

    @Test
    void shouldJoinRegionsAndGiveUpWhereTheyCoverMostOfThePicture() {
        var one = new BoundingBox(100, 100, 40, 80);
        var near = new BoundingBox(150, 100, 40, 80);
        var far = new BoundingBox(600, 400, 100, 100);

        assertThat(HogRegionSearch.joined(List.of(one, far, near), 20, PICTURE))
                .containsExactlyInAnyOrder(new BoundingBox(80, 80, 130, 120), new BoundingBox(575, 375, 65, 105));
        assertThat(HogRegionSearch.joined(List.of(new BoundingBox(10, 10, 600, 440)), 20, PICTURE))
                .isEmpty();
    }

    private Frame draw(long number) {
        var slot = pool.lease().orElseThrow();
        scene.draw(number, slot.memory());
        return slot.publish(new FrameInfo("demo", number, Instant.EPOCH, DemoScene.WIDTH, DemoScene.HEIGHT));
    }

    private Map<String, Double> parts(Mat luma, BoundingBox region) {
        var found = new HashMap<String, Double>();
        search.search(luma, List.of(region), (window, weight) -> found.put(text(window), weight));
        return found;
    }

    private Map<String, Double> whole(Mat luma) {
        var found = new HashMap<String, Double>();
        try (var windows = new RectVector();
                var weights = new DoublePointer();
                var stride = new Size(8, 8);
                var padding = new Size(16, 16)) {
            descriptor.detectMultiScale(luma, windows, weights, GRID.minWeight(), stride, padding, 1.2, 0, false);
            for (long i = 0; i < windows.size(); i++) {
                found.put(text(windows.get(i)), weights.get(i));
            }
        }
        return found;
    }

    private static String text(Rect window) {
        return window.x() + " " + window.y() + " " + window.width() + " " + window.height();
    }
}
