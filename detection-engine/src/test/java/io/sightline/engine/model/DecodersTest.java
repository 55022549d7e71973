package io.sightline.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodersTest {

    @Test
    void shouldFindEveryDecoderThatIsRegistered() {
        assertThat(Decoders.all())
                .extracting(Decoder::name)
                .contains("detr", "ssd", "yolov10", "yolov5", "yolov8", "yolox");
    }

    @ParameterizedTest
    @CsvSource({"yolov7, yolov5", "yolov9, yolov8", "yolov11, yolov8", "rt-detr, detr", "d-fine, detr", "yolox, yolox"})
    void shouldFindDecoderByItsNames(String name, String family) {
        assertThat(Decoders.find(name)).map(Decoder::name).contains(family);
    }

    @Test
    void shouldFindNoneForWordsThatAreNoDecoder() {
        assertThat(Decoders.find(Decoders.AUTO)).isEmpty();
        assertThat(Decoders.find("yolo")).isEmpty();
    }

    @Test
    void shouldGiveEveryNameToOneDecoderOnly() {
        // Given
        var names = new ArrayList<String>();

        // When
        Decoders.all().forEach(decoder -> {
            names.add(decoder.name());
            names.addAll(decoder.aliases());
        });

        // Then
        assertThat(names).doesNotHaveDuplicates().doesNotContain(Decoders.AUTO);
        names.add(Decoders.AUTO);
        assertThat(Decoders.names()).containsExactlyInAnyOrderElementsOf(names);
    }
}
