package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Lists of labels that are shorter than the classes of outputs whose shape does not tell how many there are. */
class NamelessClassesTest {
    private static final long[] SQUARE = {1, 3, 64, 64};

    @TempDir
    Path folder;

    @Test
    void shouldRefuseAListOfAnotherLengthThanTheModelsOwn() {
        byte[] model = new TinyModel()
                .input("images", TinyModel.FLOAT, SQUARE)
                .output("output0", new long[] {1, 1, 6}, 0, 0, 9, 9, 0.9f, 1)
                .says("names", "{0: 'person', 1: 'bike', 2: 'car'}")
                .bytes();

        assertThatThrownBy(() -> open(spec(model, "yolov10", labels("person", "bike"))))
                .hasMessageContaining("has 2, but the model names 3 classes")
                .hasMessageContaining("'model' for its own names");
    }

    @ParameterizedTest
    @CsvSource({"yolov10, 6", "ssd, 7"})
    void shouldRefuseALabelFileShorterThanTheClassesThatAreTold(String decoder, int columns) {
        // Given: class 50 in the one row of the answer to a grey picture, hardly believed
        float[] row =
                decoder.equals("ssd") ? new float[] {0, 50, 0.01f, 0, 0, 1, 1} : new float[] {0, 0, 9, 9, 0.01f, 50};
        long[] shape = decoder.equals("ssd") ? new long[] {1, 1, 1, columns} : new long[] {1, 1, columns};
        byte[] model = TinyModel.answering(SQUARE, shape, row);

        assertThatThrownBy(() -> open(spec(model, decoder, labels("person", "bike"))))
                .hasMessageContaining("the model tells class 50")
                .hasMessageContaining("has 2 labels");
    }

    @Test
    void shouldRefuseALabelFileShorterThanTheClassesOfAFinishedTransformer() {
        byte[] model = new TinyModel()
                .input("images", TinyModel.FLOAT, SQUARE)
                .input("orig_target_sizes", TinyModel.INT64, 1, 2)
                .output("labels", new long[] {1, 2}, 0L, 7L)
                .output("boxes", new long[] {1, 2, 4}, 0, 0, 64, 32, 0, 0, 1, 1)
                .output("scores", new long[] {1, 2}, 0.02f, 0.01f)
                .bytes();

        assertThatThrownBy(() -> open(spec(model, "detr", labels("person", "car"))))
                .hasMessageContaining("the model tells class 7");
    }

    @Test
    void shouldSayOnceWhatClassHasNoLabelWhereThatIsSeenLateOnly() throws Exception {
        // Given
        var labels = new Labels("labels.txt", List.of("person"));
        var log = (Logger) LoggerFactory.getLogger(NamelessClasses.class);
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        log.addAppender(told);

        // When
        var nameless = new NamelessClasses("pets", labels);
        nameless.accept(3);
        nameless.accept(4);

        // Then
        log.detachAppender(told);
        assertThat(told.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains("class 3")
                .contains("labels.txt has 1 labels"));
    }

    private void open(DetectorSpec.Onnx spec) throws DetectionException {
        OnnxDetector.open(spec).close();
    }

    private DetectorSpec.Onnx spec(byte[] model, String decoder, String labels) throws IOException {
        Path file = TinyModel.write(folder.resolve("tiny.onnx"), model);
        return new DetectorSpec.Onnx("pets", file, decoder, labels, Set.of(), 0.6);
    }

    private String labels(String... names) throws IOException {
        return Files.write(folder.resolve("labels.txt"), List.of(names)).toString();
    }
}
