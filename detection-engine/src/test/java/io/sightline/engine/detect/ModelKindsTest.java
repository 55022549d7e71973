package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.detect.DetectorSpec.Execution;
import io.sightline.engine.detect.DetectorSpec.Provider;
import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.InputWishes;
import io.sightline.engine.model.PictureInput;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models as exporters write them: types, layouts, open axes, several inputs and outputs, and broken ones. */
class ModelKindsTest {
    private static final long[] SQUARE = {1, 3, 64, 64};
    /** Rows of YOLOv10: corners, score, class. */
    private static final float[] OBJECT = {16, 8, 48, 40, 0.9f, 1};

    private static final long[] ROW = {1, 1, 6};

    @TempDir
    Path folder;

    @Test
    void shouldTakeWhatTheModelSaysOfItself() throws Exception {
        // Given: open axes, and the metadata of an Ultralytics export
        byte[] model = new TinyModel()
                .input("images", TinyModel.FLOAT, -1, 3, -1, -1)
                .output("output0", ROW, OBJECT)
                .says("names", "{0: 'person', 1: \"child's bike\"}")
                .says("imgsz", "[64, 128]")
                .bytes();

        try (var detector = open(spec(model, "auto", "auto"))) {
            // Then: a picture of 64x64 is centred in 128x64
            assertThat(detector.info().labels()).containsExactly("person", "child's bike");
            assertThat(look(detector, 64, 64)).singleElement().satisfies(object -> {
                assertThat(object.label()).isEqualTo("child's bike");
                assertThat(object.box()).isEqualTo(new BoundingBox(0, 8, 16, 32));
            });
        }
    }

    @Test
    void shouldTakeBytesSideBySideAndFourOutputs() throws Exception {
        byte[] model = new TinyModel()
                .input("input_tensor", TinyModel.UINT8, 1, -1, -1, 3)
                .output("detection_boxes", new long[] {1, 1, 4}, 0.25f, 0.5f, 0.75f, 1)
                .output("detection_classes", new long[] {1, 1}, 1f)
                .output("detection_scores", new long[] {1, 1}, 0.8f)
                .output("num_detections", new long[] {1}, 1f)
                .bytes();

        try (var detector = open(spec(model, "auto", "auto"))) {
            assertThat(look(detector, 100, 40)).singleElement().satisfies(object -> {
                assertThat(object.label()).isEqualTo("person");
                assertThat(object.box()).isEqualTo(new BoundingBox(50, 10, 50, 20));
            });
        }
    }

    @Test
    void shouldTellAFinishedTransformerItsSize() throws Exception {
        byte[] model = new TinyModel()
                .input("images", TinyModel.FLOAT, SQUARE)
                .input("orig_target_sizes", TinyModel.INT64, 1, 2)
                .output("labels", new long[] {1, 2}, 0L, 1L)
                .output("boxes", new long[] {1, 2, 4}, 0, 0, 64, 32, 0, 0, 1, 1)
                .output("scores", new long[] {1, 2}, 0.9f, 0.01f)
                .bytes();

        try (var detector = open(spec(model, "auto", labels("person", "car")))) {
            assertThat(look(detector, 128, 128)).singleElement().satisfies(object -> {
                assertThat(object.label()).isEqualTo("person");
                assertThat(object.box()).isEqualTo(new BoundingBox(0, 0, 128, 64));
            });
        }
    }

    @Test
    void shouldTakeHalfPrecision() throws Exception {
        byte[] model = new TinyModel()
                .input("images", TinyModel.FLOAT16, SQUARE)
                .halves("output0", ROW, OBJECT)
                .bytes();

        try (var detector = open(spec(model, "yolov10", labels("dog", "cat")))) {
            assertThat(look(detector, 64, 64)).singleElement().satisfies(object -> {
                assertThat(object.confidence()).isCloseTo(0.9, within(1e-3));
                assertThat(object.box()).isEqualTo(new BoundingBox(16, 8, 32, 32));
            });
        }
    }

    @Test
    void shouldTakeFiveHundredClasses() throws Exception {
        // Given: YOLOv8 at 64x64 has 84 places; the last one sees the last class
        int places = 84;
        var answer = new float[504 * places];
        float[] box = {32, 32, 16, 16};
        for (int i = 0; i < box.length; i++) {
            answer[i * places + places - 1] = box[i];
        }
        answer[answer.length - 1] = 0.7f;
        var names = new ArrayList<String>();
        for (int i = 0; i < 500; i++) {
            names.add("class-" + i);
        }
        byte[] model = TinyModel.answering(SQUARE, new long[] {1, 504, places}, answer);

        try (var detector = open(spec(model, "auto", labels(names.toArray(String[]::new))))) {
            assertThat(look(detector, 64, 64)).extracting(SeenObject::label).containsExactly("class-499");
        }
        assertThatThrownBy(() -> open(spec(model, "yolov8", labels("one", "two"))))
                .hasMessageContaining("[1, 504, 84]")
                .hasMessageContaining("[1, 6, ?]")
                .hasMessageContaining("the 2 labels of");
    }

    @Test
    void shouldRefuseWeightsThatAreNoNumbers() {
        byte[] model = TinyModel.answering(SQUARE, ROW, new float[] {0, 0, Float.NaN, Float.NaN, 0, 0});

        assertThatThrownBy(() -> open(spec(model, "yolov10", "coco")))
                .hasMessageContaining("2 of 6 values")
                .hasMessageContaining("NaN");
    }

    @Test
    void shouldRefuseModelsWithoutOutputsOrWithFurtherInputs() {
        byte[] silent = new TinyModel().input("images", TinyModel.FLOAT, SQUARE).bytes();
        byte[] asking = new TinyModel()
                .input("images", TinyModel.FLOAT, SQUARE)
                .input("im_shape", TinyModel.FLOAT, 1, 2)
                .output("output0", ROW, OBJECT)
                .bytes();
        byte[] sound = TinyModel.answering(new long[] {1, 16_000}, ROW, OBJECT);

        assertThatThrownBy(() -> open(spec(silent, "auto", "coco"))).hasMessageContaining("'pets'");
        assertThatThrownBy(() -> open(spec(asking, "auto", "coco")))
                .hasMessageContaining("2 inputs")
                .hasMessageContaining("'im_shape' FLOAT[1, 2]");
        assertThatThrownBy(() -> open(spec(sound, "auto", "coco")))
                .hasMessageContaining("[1, 16000]")
                .hasMessageContaining("[1, 3, height, width]");
    }

    /** No pretence: ONNX Runtime asks the system for it, and gets none. */
    @Test
    void shouldRefuseAModelForWhichThereIsNoMemory() {
        byte[] model = TinyModel.enormous(SQUARE);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> open(spec(model, "yolov10", "coco")))
                    .hasMessageContaining("detector 'pets': model ")
                    .hasMessageContaining("allocat");
        }
    }

    @Test
    void shouldNameTheCandidatesWhereTheShapesDoNotDecide() {
        byte[] odd = TinyModel.answering(SQUARE, new long[] {1, 10, 85}, new float[850]);

        assertThatThrownBy(() -> open(spec(odd, "auto", "coco")))
                .hasMessageContaining("[1, 10, 85]")
                .hasMessageContaining("it may be yolov5");
        assertThatThrownBy(() -> open(spec(odd, "auto", labels("one"))))
                .hasMessageContaining("none fits")
                .hasMessageContaining("decoder yolox: ")
                .hasMessageContaining("yolov8, yolox");
    }

    @Test
    void shouldRefuseASizeThatTheModelDoesNotHave() {
        byte[] model = TinyModel.answering(SQUARE, ROW, OBJECT);

        assertThatThrownBy(() -> open(with(spec(model, "yolov10", "coco"), size("32x32"))))
                .hasMessageContaining("got 32x32, allowed is 64x64");
    }

    @Test
    void shouldNeedNamesWhereTheModelsAreAskedFor() {
        byte[] model = TinyModel.answering(SQUARE, ROW, OBJECT);

        assertThatThrownBy(() -> open(spec(model, "yolov10", "model"))).hasMessageContaining("names no classes");
    }

    @Test
    void shouldLeaveGreyOutWhereTheModelAllowsIt() throws Exception {
        // Given: exported for one size; nothing in it depends on that
        var spec = spec(TinyModel.bright(SQUARE), "yolox", labels("a", "b", "c", "d"));

        try (var choice = choice(spec);
                var trimmed = open(spec);
                var full = open(with(spec, InputWishes.NONE.untrimmed()))) {
            // Then
            assertThat(choice.trimmed()).isTrue();
            assertThat(TrimmedModel.shape(choice.plan().size(), 1920, 1080)).isEqualTo(new InputSize(64, 64));
            assertThat(TrimmedModel.shape(choice.plan().size(), 16_383, 2)).isEqualTo(new InputSize(64, 32));
            assertThat(bright(trimmed, 128, 64)).isNotEmpty().containsExactlyElementsOf(bright(full, 128, 64));
            assertThat(bright(trimmed, 64, 128)).isNotEmpty().containsExactlyElementsOf(bright(full, 64, 128));
        }
    }

    @Test
    void shouldKeepTheSizeOfAModelThatNeedsIt() throws Exception {
        byte[] model = TinyModel.answering(SQUARE, new long[] {1, 84, 7}, new float[84 * 7]);

        try (var choice = choice(spec(model, "yolox", labels("a", "b")))) {
            assertThat(choice.trimmed()).isFalse();
        }
    }

    @Test
    void shouldLookAtSeveralPicturesAtOnce() throws Exception {
        // Given: a black, a grey and a white picture, and a model with an open batch
        var spec = spec(TinyModel.bright(new long[] {-1, 3, -1, -1}), "yolox", labels("a", "b", "c", "d"));
        var input = PictureInput.of(PictureInput.Fit.TOP_LEFT, PictureInput.Colours.BGR, PictureInput.Range.BYTES);

        try (var choice = choice(spec);
                var workspace = new OnnxWorkspace(choice.model(), input, new InputSize(64, 32), 3)) {
            workspace.pin(workspace.sample());
            int[] brightness = {16, 126, 235};
            for (int i = 0; i < brightness.length; i++) {
                try (var frame = plain(64, 32, brightness[i])) {
                    workspace.put(i, frame);
                }
            }

            // When
            var answers = workspace.run(3);

            // Then: the object score of the last row
            assertThat(answers).hasSize(3);
            var objects = answers.stream()
                    .map(answer -> answer.outputs().get(0).values())
                    .map(values -> values.get(values.limit() - 5))
                    .toList();
            assertThat(objects.get(0)).isCloseTo(0, within(0.01f));
            assertThat(objects.get(1)).isCloseTo(0.5f, within(0.01f));
            assertThat(objects.get(2)).isCloseTo(1, within(0.01f));
        }
    }

    @Test
    void shouldLookAtFramesOfSeveralShapes() throws Exception {
        var spec = spec(TinyModel.bright(new long[] {-1, 3, -1, -1}), "yolox", labels("a", "b", "c", "d"));

        try (var detector = open(with(spec, size("64x64")));
                var wide = plain(64, 32, 235);
                var high = plain(32, 64, 235)) {
            assertThat(detector.batchSize()).isEqualTo(1);
            assertThat(detector.detectAll(List.of(wide, high, wide)))
                    .containsExactly(detector.detect(wide), detector.detect(high), detector.detect(wide));
            for (int i = 1; i < 40; i++) {
                assertThat(look(detector, i, 41 - i)).isNotNull();
            }
        }
    }

    @Test
    void shouldSeeTheSameInSeveralFramesAtOnce() throws Exception {
        var spec = with(
                spec(TinyModel.bright(new long[] {-1, 3, -1, -1}), "yolox", labels("a", "b", "c", "d")), size("64x64"));

        try (var detector = OnnxDetector.open(spec, 3);
                var light = plain(64, 32, 235);
                var dim = plain(64, 32, 190);
                var high = plain(32, 64, 235)) {
            assertThat(detector.batchSize()).isEqualTo(3);
            var alone = List.of(detector.detect(light), detector.detect(dim), detector.detect(high));

            var together = detector.detectAll(List.of(light, dim, light, dim, high, light));

            assertThat(together)
                    .containsExactly(
                            alone.get(0), alone.get(1), alone.get(0), alone.get(1), alone.get(2), alone.get(0));
        }
    }

    /** The note names the device as the provider does. */
    @ParameterizedTest
    @CsvSource({
        "DIRECTML, 1, directml device 1",
        "OPENVINO, 0, openvino device GPU cannot",
        "OPENVINO, 1, openvino device GPU.1 cannot",
        "COREML, 0, coreml cannot"
    })
    void shouldRunOnTheProcessorWhereTheProviderIsMissing(Provider provider, int device, String named)
            throws Exception {
        var spec = spec(TinyModel.answering(SQUARE, ROW, OBJECT), "yolov10", "coco");
        var onGraphics = new DetectorSpec.Onnx(
                spec.id(),
                spec.model(),
                spec.decoder(),
                spec.labels(),
                Set.of(),
                0.6,
                InputWishes.NONE,
                new Execution(provider, device));

        try (var detector = open(onGraphics)) {
            assertThat(detector.info().notes()).singleElement().satisfies(note -> assertThat(note)
                    .contains("runs on the processor")
                    .contains(named));
            assertThat(look(detector, 64, 64)).hasSize(1);
        }
    }

    @Test
    void shouldRefuseADeviceWhereThereIsNoneToChoose() {
        assertThatThrownBy(() -> new Execution(Provider.COREML, 1)).hasMessageContaining("coreml has none");
        assertThatThrownBy(() -> new Execution(Provider.CPU, 1)).hasMessageContaining("leave it out");
        assertThatThrownBy(() -> new Execution(Provider.CUDA, 64)).hasMessageContaining("0 to 63");
    }

    private DetectorSpec.Onnx spec(byte[] model, String decoder, String labels) {
        try {
            Path file = Files.createTempFile(folder, "tiny", ".onnx");
            return new DetectorSpec.Onnx("pets", TinyModel.write(file, model), decoder, labels, Set.of(), 0.6);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DetectorSpec.Onnx with(DetectorSpec.Onnx spec, InputWishes input) {
        return new DetectorSpec.Onnx(
                spec.id(), spec.model(), spec.decoder(), spec.labels(), Set.of(), 0.6, input, Execution.ON_CPU);
    }

    private static InputWishes size(String size) {
        return new InputWishes(
                InputSize.parse(size),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                true);
    }

    private String labels(String... names) throws IOException {
        return Files.write(Files.createTempFile(folder, "labels", ".txt"), List.of(names))
                .toString();
    }

    private static Detector open(DetectorSpec spec) throws DetectionException {
        return Detectors.open(spec);
    }

    private static TrimmedModel choice(DetectorSpec.Onnx spec) throws DetectionException {
        OpenCv.load();
        return TrimmedModel.of(spec, OnnxModel.load(spec.id(), spec.model(), spec.execution()));
    }

    /** Without what the model says of the grey beside the picture. */
    private static List<SeenObject> bright(Detector detector, int width, int height) throws DetectionException {
        return look(detector, width, height).stream()
                .filter(object -> object.confidence() > 0.6)
                .toList();
    }

    private static List<SeenObject> look(Detector detector, int width, int height) throws DetectionException {
        try (var frame = plain(width, height, 200)) {
            return detector.detect(frame);
        }
    }

    private static Frame plain(int width, int height, int brightness) {
        var info = new FrameInfo("a", 1, Instant.EPOCH, width, height);
        return Frames.plain(Frames.pool(1, width, height), info, brightness, 128, 128);
    }
}
