package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.sightline.engine.detect.BoundingBox;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.HOGDescriptor;
import org.junit.jupiter.api.Test;

class DemoSceneTest {
    private static final int BYTES = FrameInfo.bytes(DemoScene.WIDTH, DemoScene.HEIGHT);

    @Test
    void shouldDrawTheSamePictureForTheSameSeedInAnyOrder() {
        // Given
        ByteBuffer first = ByteBuffer.allocate(BYTES);
        ByteBuffer again = ByteBuffer.allocate(BYTES);
        ByteBuffer otherSeed = ByteBuffer.allocate(BYTES);

        // When
        new DemoScene(7).draw(50, first);
        var scene = new DemoScene(7);
        scene.draw(400, again);
        scene.draw(50, again);
        new DemoScene(8).draw(50, otherSeed);

        // Then
        assertThat(again.array()).isEqualTo(first.array());
        assertThat(otherSeed.array()).isNotEqualTo(first.array());
    }

    @Test
    void shouldAlwaysHaveSomebodyInThePictureWhoComesAndGoes() {
        for (long seed : new long[] {1, 7, 101}) {
            var scene = new DemoScene(seed);
            Set<Integer> ids = new HashSet<>();
            int crowd = 0;
            int deserted = 0;
            for (int frame = 0; frame < 3000; frame++) {
                List<DemoScene.Person> people = scene.truth(frame);
                people.forEach(person -> ids.add(person.id()));
                crowd += people.size();
                deserted += people.isEmpty() ? 1 : 0;
            }
            assertThat(crowd / 3000.0).as("people on average").isBetween(1.8, 3.8);
            assertThat(deserted).as("frames without anybody").isLessThan(150);
            assertThat(ids).as("walkers in five minutes").hasSizeGreaterThan(35);
            assertThat(scene.truth(0)).isNotEmpty();
        }
    }

    @Test
    void shouldKeepEachWalkFromStartToEndWithinItsLane() {
        for (int lane = 0; lane < DemoWalk.LANES; lane++) {
            for (int second = 0; second < 2000; second++) {
                DemoWalk walk = DemoWalk.at(5, lane, second);
                double nextStart = nextWalkAfter(walk, lane, second);
                assertThat(walk.stance(nextStart))
                        .as("lane " + lane + " at " + second)
                        .isEmpty();
            }
        }
    }

    private static double nextWalkAfter(DemoWalk walk, int lane, int second) {
        double at = second;
        while (DemoWalk.at(5, lane, at).id() == walk.id()) {
            at += 0.1;
        }
        return at;
    }

    @Test
    void shouldShowPeopleThatTheHogDetectorSees() {
        var scene = new DemoScene(101);
        int people = 0;
        int found = 0;
        int alarms = 0;
        ByteBuffer picture = ByteBuffer.allocateDirect(BYTES);
        try (HOGDescriptor hog = new HOGDescriptor();
                FloatPointer weights = HOGDescriptor.getDefaultPeopleDetector()) {
            try (Mat svm = new Mat(weights)) {
                hog.setSVMDetector(svm);
            }
            for (int frame = 5; frame < 900; frame += 40) {
                scene.draw(frame, picture);
                List<BoundingBox> seen = detect(hog, picture);
                List<DemoScene.Person> truth = scene.truth(frame);
                for (DemoScene.Person person : truth) {
                    people += person.clear() ? 1 : 0;
                    found += person.clear() && seen.stream().anyMatch(box -> box.overlap(person.box()) >= 0.5) ? 1 : 0;
                }
                alarms += (int) seen.stream()
                        .filter(box ->
                                truth.stream().noneMatch(person -> person.box().overlap(box) >= 0.2))
                        .count();
            }
        }
        assertThat(people).isGreaterThan(30);
        assertThat(found / (double) people)
                .as("recall of " + people + " people")
                .isGreaterThan(0.85);
        assertThat(alarms).as("false alarms").isLessThan(5);
    }

    private static List<BoundingBox> detect(HOGDescriptor hog, ByteBuffer picture) {
        List<BoundingBox> boxes = new ArrayList<>();
        try (BytePointer luma = new BytePointer(picture);
                Mat grey = new Mat(DemoScene.HEIGHT, DemoScene.WIDTH, CV_8UC1, luma);
                Mat small = new Mat();
                Size size = new Size(DemoScene.WIDTH * 3 / 4, DemoScene.HEIGHT * 3 / 4);
                Size stride = new Size(8, 8);
                Size padding = new Size(16, 16);
                RectVector found = new RectVector();
                DoublePointer weights = new DoublePointer()) {
            resize(grey, small, size);
            hog.detectMultiScale(small, found, weights, 0.5, stride, padding, 1.1, 0, false);
            for (long i = 0; i < found.size(); i++) {
                Rect rect = found.get(i);
                double width = rect.width() * 0.55 / 0.75;
                double height = rect.height() * 0.8 / 0.75;
                double x = (rect.x() + rect.width() / 2.0) / 0.75 - width / 2;
                double y = (rect.y() + rect.height() / 2.0) / 0.75 - height / 2;
                boxes.add(new BoundingBox(x, y, width, height));
            }
        }
        return boxes;
    }

    @Test
    void shouldBeASourceThatKeepsItsSpeed() throws Exception {
        VideoSettings settings =
                VideoSettings.of("camera demo", "demo:crossing?seed=7").playing(true, true);
        long before = System.nanoTime();
        try (VideoSource source = VideoSources.open(settings, Clock.systemUTC())) {
            ByteBuffer picture = ByteBuffer.allocateDirect(BYTES);
            for (int i = 0; i < 4; i++) {
                source.next(Duration.ofSeconds(2)).orElseThrow().copyTo(picture);
            }
            assertThat(source.next(Duration.ZERO)).isEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void shouldRefuseAnUnknownScene() {
        assertThatThrownBy(() -> VideoSettings.of("camera demo", "demo:beach"))
                .hasMessage(
                        "camera demo: uri: got 'demo:beach', allowed are demo:crossing and demo:crossing?seed=NUMBER");
    }
}
