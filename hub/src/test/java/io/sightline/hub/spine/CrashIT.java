package io.sightline.hub.spine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.Child;
import io.sightline.processors.Event.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {
    @TempDir
    Path folder;

    @Test
    void shouldHaveEveryAcknowledgedEventAfterACrash() throws Exception {
        // Given
        List<String> acknowledged = Child.run(DyingSpine.class, folder).stream()
                .filter(line -> line.startsWith("acknowledged "))
                .map(line -> line.substring("acknowledged ".length()))
                .toList();
        assertThat(acknowledged).hasSize(300);
        // When
        try (var spine = new TestSpine(folder, 2, java.time.Clock.systemUTC())) {
            spine.spine.ensureSink("store", Set.of(Kind.DETECTION), "test");
            spine.send("sightline.detections.gate", "after the crash");
            // Then
            var expected = new ArrayList<>(acknowledged);
            expected.add("after the crash");
            assertThat(read(spine)).isEqualTo(expected);
        }
    }

    private static List<String> read(TestSpine spine) throws Exception {
        var bodies = new ArrayList<String>();
        try (var context = spine.connections.createContext()) {
            var reader = context.createConsumer(context.createQueue("sightline.sinks.store"));
            for (var message = reader.receive(2000); message != null; message = reader.receive(500)) {
                bodies.add(new String(SpineMessages.bytes(message), StandardCharsets.UTF_8));
            }
        }
        return bodies;
    }
}
