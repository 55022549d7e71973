package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.video.FramePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxDetectorTest {
    /** A YOLOX of 32x32 has 16 + 4 + 1 cells; a row is box, object and two labels. */
    private static final int ROWS = 21;

    private static final int COLUMNS = 7;
    private static final long[] INPUT = {1, 3, 32, 32};
    private static final long[] OUTPUT = {1, ROWS, COLUMNS};

    @TempDir
    Path folder;

    @Test
    void shouldBringBoxesBackToTheFrame() throws Exception {
        // Given: the cell at column 1, row 2 of the finest grid says: a cat, 16 wide and 8 high, centred on its corner
        var answer = new float[ROWS * COLUMNS];
        put(answer, 2 * 4 + 1, 0, 0, (float) Math.log(2), 0, 0.9f, 0.1f, 0.8f);

        try (var detector = open(TinyModel.answering(INPUT, OUTPUT, answer), Set.of())) {
            FramePool pool = Frames.pool(1, 64, 64);
            try (var frame = Frames.grey(pool, "a", 64, 64)) {
                var found = detector.detect(frame);

                // Then: everything is twice as large in a frame of 64x64
                assertThat(found).singleElement().satisfies(object -> {
                    assertThat(object.label()).isEqualTo("cat");
                    assertThat(object.confidence()).isCloseTo(0.72, within(1e-6));
                    assertThat(object.box().x()).isCloseTo(0, within(1e-4));
                    assertThat(object.box().y()).isCloseTo(24, within(1e-4));
                    assertThat(object.box().width()).isCloseTo(32, within(1e-4));
                    assertThat(object.box().height()).isCloseTo(16, within(1e-4));
                });
            }
            assertThat(pool.leased()).isZero();
        }
    }

    @Test
    void shouldCutBoxesToTheFrameAndLeaveOutWhatIsInfinite() throws Exception {
        var answer = new float[ROWS * COLUMNS];
        put(answer, 0, 0, 0, 5, 5, 0.9f, 0.9f, 0);
        put(answer, 5, Float.POSITIVE_INFINITY, 0, 0, 0, 0.9f, 0.9f, 0);
        put(answer, 6, 0, 0, 200, 0, 0.9f, 0.9f, 0);
        put(answer, 7, 0, 0, 0, 0, Float.POSITIVE_INFINITY, 0.9f, 0);

        try (var detector = open(TinyModel.answering(INPUT, OUTPUT, answer), Set.of());
                var frame = Frames.grey(Frames.pool(1, 33, 17), "a", 33, 17)) {
            assertThat(detector.detect(frame))
                    .extracting(SeenObject::box)
                    .containsExactly(new BoundingBox(0, 0, 33, 17));
        }
    }

    @Test
    void shouldTellOneObjectOnceAndOnlyWantedLabels() throws Exception {
        var answer = new float[ROWS * COLUMNS];
        put(answer, 5, 0, 0, 1, 1, 0.9f, 0.9f, 0);
        put(answer, 5 + 16, 0, 0, 0, 0, 0, 0, 0);
        put(answer, 6, -1, 0, 1, 1, 0.8f, 0.9f, 0);
        put(answer, 10, 0, 0, 0, 0, 0.9f, 0.2f, 0.95f);
        byte[] model = TinyModel.answering(INPUT, OUTPUT, answer);

        try (var all = open(model, Set.of());
                var dogs = open(model, Set.of("dog"));
                var frame = Frames.grey(Frames.pool(1, 32, 32), "a", 32, 32)) {
            assertThat(all.detect(frame)).extracting(SeenObject::label).containsExactly("cat", "dog");
            assertThat(dogs.detect(frame)).extracting(SeenObject::label).containsExactly("dog");
            assertThat(dogs.info().labels()).containsExactly("dog");
        }
    }

    /** More than any street has: as many are told as the limit allows, each once. */
    @Test
    void shouldBearAThousandBoxesInOneFrame() throws Exception {
        // Given: of 640x640, 8400 cells; the first thousand see something small on their own
        int cells = 8400;
        var answer = new float[cells * COLUMNS];
        for (int i = 0; i < 1000; i++) {
            float size = (float) Math.log(0.5);
            float[] row = {0, 0, size, size, 1, 0.9f, 0.1f};
            System.arraycopy(row, 0, answer, i * COLUMNS, row.length);
        }
        byte[] model = TinyModel.answering(new long[] {1, 3, 640, 640}, new long[] {1, cells, COLUMNS}, answer);

        try (var detector = open(model, Set.of());
                var frame = Frames.grey(Frames.pool(1, 640, 640), "a", 640, 640)) {
            // When
            var found = detector.detect(frame);

            // Then
            assertThat(found).hasSize(300);
            assertThat(found).extracting(SeenObject::box).doesNotHaveDuplicates();
            assertThat(detector.detect(frame)).isEqualTo(found);
        }
    }

    @Test
    void shouldNameModelAndHash() throws Exception {
        byte[] model = TinyModel.answering(INPUT, OUTPUT, new float[ROWS * COLUMNS]);

        try (var detector = open(model, Set.of())) {
            assertThat(detector.info().id()).isEqualTo("pets");
            assertThat(detector.info().model()).isEqualTo("tiny");
            assertThat(detector.info().sha256()).isEqualTo(Hashes.sha256(model)).hasSize(64);
            assertThat(detector.info().labels()).containsExactly("dog", "cat");
        }
    }

    @Test
    void shouldTakeAModelWithAnOpenBatch() throws Exception {
        byte[] model = TinyModel.answering(new long[] {-1, 3, 32, 32}, OUTPUT, new float[ROWS * COLUMNS]);

        try (var detector = open(model, Set.of());
                var frame = Frames.grey(Frames.pool(1, 16383, 2), "a", 16383, 2)) {
            assertThat(detector.detect(frame)).isEmpty();
        }
    }

    @Test
    void shouldRefuseWhatIsNotThereOrNoModel() throws IOException {
        assertThatThrownBy(() -> open(folder.resolve("none.onnx"), labels("dog", "cat"), Set.of()))
                .hasMessageContaining("none.onnx does not exist");
        assertThatThrownBy(() -> open(new byte[0], Set.of())).hasMessageContaining("no ONNX model");
        assertThatThrownBy(() -> open("<html>404</html>".getBytes(), Set.of()))
                .hasMessageContaining("'pets'")
                .hasMessageContaining("no ONNX model");
        assertThatThrownBy(() -> open(folder, labels("dog", "cat"), Set.of())).hasMessageContaining("cannot be read");
    }

    @Test
    void shouldNameBothShapesWhereTheModelDoesNotFit() {
        byte[] wrongOutput = TinyModel.answering(INPUT, new long[] {1, 7, 21}, new float[147]);
        byte[] wrongInput = TinyModel.answering(new long[] {1, 32, 32, 4}, OUTPUT, new float[ROWS * COLUMNS]);

        assertThatThrownBy(() -> open(wrongOutput, Set.of()))
                .hasMessageContaining("[1, 7, 21]")
                .hasMessageContaining("[1, 21, 7]");
        assertThatThrownBy(() -> open(wrongInput, Set.of()))
                .hasMessageContaining("[1, 32, 32, 4]")
                .hasMessageContaining("[1, 3, height, width]");
    }

    @Test
    void shouldRefuseLabelsThatDoNotFit() throws IOException {
        byte[] model = TinyModel.answering(INPUT, OUTPUT, new float[ROWS * COLUMNS]);
        Path file = TinyModel.write(folder.resolve("tiny.onnx"), model);

        assertThatThrownBy(() -> open(file, labels("dog"), Set.of()))
                .hasMessageContaining("[1, 21, 7]")
                .hasMessageContaining("[1, 21, 6]")
                .hasMessageContaining("1 labels");
        assertThatThrownBy(() -> open(file, labels("dog", "cat"), Set.of("cow")))
                .hasMessageContaining("cow")
                .hasMessageContaining("dog, cat");
        assertThatThrownBy(() -> open(file, folder.resolve("none.txt").toString(), Set.of()))
                .hasMessageContaining("none.txt");
    }

    @Test
    void shouldRefuseFramesOnceClosed() throws Exception {
        var detector = open(TinyModel.answering(INPUT, OUTPUT, new float[ROWS * COLUMNS]), Set.of());
        detector.close();
        detector.close();

        try (var frame = Frames.grey(Frames.pool(1, 32, 32), "a", 32, 32)) {
            assertThatThrownBy(() -> detector.detect(frame)).hasMessageContaining("was closed");
        }
    }

    @Test
    void shouldNotGrowNativeMemory() throws Exception {
        byte[] model = TinyModel.answering(INPUT, OUTPUT, new float[ROWS * COLUMNS]);
        try (var detector = open(model, Set.of());
                var frame = Frames.grey(Frames.pool(1, 320, 240), "a", 320, 240)) {
            // one forgotten tensor of 32x32 per frame would be 24 MB
            assertThat(NativeMemory.leastGrowth(detector, frame, 2000)).isLessThan(8L << 20);
        }
    }

    private static void put(float[] answer, int row, float... values) {
        IntStream.range(0, values.length).filter(i -> row < ROWS).forEach(i -> answer[row * COLUMNS + i] = values[i]);
    }

    private Detector open(byte[] model, Set<String> classes) throws Exception {
        return open(TinyModel.write(folder.resolve("tiny.onnx"), model), labels("dog", "cat"), classes);
    }

    private static Detector open(Path model, String labels, Set<String> classes) throws DetectionException {
        return Detectors.open(new DetectorSpec.Onnx("pets", model, "yolox", labels, classes, 0.6));
    }

    private String labels(String... names) throws IOException {
        return Files.write(folder.resolve("labels.txt"), java.util.List.of(names))
                .toString();
    }
}
