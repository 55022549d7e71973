package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NewestFrameTest {
    private final FramePool pool = new FramePool(3, FrameInfo.bytes(4, 4));
    private final NewestFrame slot = new NewestFrame();

    @Test
    void shouldCountTheFrameThatANewerOneReplaces() throws InterruptedException {
        // Given
        slot.put(frame(1));
        // When
        slot.put(frame(2));
        // Then
        try (Frame newest = slot.take(Duration.ZERO).orElseThrow()) {
            assertThat(newest.info().sequence()).isEqualTo(2);
        }
        assertThat(slot.replaced()).isEqualTo(1);
        assertThat(pool.leased()).isZero();
    }

    @Test
    void shouldCountWhatIsLostBecauseItCloses() {
        // Given
        slot.put(frame(1));
        // When
        slot.close();
        slot.put(frame(2));
        slot.close();
        // Then
        assertThat(slot.replaced()).isEqualTo(2);
        assertThat(pool.leased()).isZero();
    }

    private Frame frame(long sequence) {
        return pool.lease().orElseThrow().publish(new FrameInfo("gate", sequence, Instant.EPOCH, 4, 4));
    }
}
