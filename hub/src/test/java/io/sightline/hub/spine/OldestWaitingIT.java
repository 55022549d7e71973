package io.sightline.hub.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.processors.Event.Kind;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What decides whether a clip may go. */
class OldestWaitingIT {
    @TempDir
    Path folder;

    @Test
    void shouldCountWhatWaitsAndWhatAConsumerHasNotAcknowledged() throws Exception {
        try (var spine = new TestSpine(folder);
                JMSContext reading = spine.connections.createContext(JMSContext.SESSION_TRANSACTED)) {
            // Given
            spine.spine.ensureCamera("gate");
            spine.spine.ensureSink("plant", EnumSet.of(Kind.DETECTION), "test");
            assertThat(spine.spine.oldestWaiting()).isEmpty();
            Instant before = Instant.now().minusMillis(1);
            // When
            spine.send("sightline.detections.gate", "{\"id\":\"1\"}");
            spine.send("sightline.detections.gate", "{\"id\":\"2\"}");
            // Then
            Instant first = spine.spine.oldestWaiting().orElseThrow();
            assertThat(first).isBetween(before, Instant.now());
            // When: a consumer has both, and acknowledges them late
            var consumer = reading.createConsumer(reading.createQueue("sightline.sinks.plant"));
            assertThat(consumer.receive(5000)).isNotNull();
            assertThat(consumer.receive(5000)).isNotNull();
            // Then
            assertThat(spine.spine.oldestWaiting()).contains(first);
            // When
            reading.commit();
            // Then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> spine.spine.oldestWaiting().isEmpty());
        }
    }
}
