package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FramePoolTest {
    private static final FrameInfo INFO = new FrameInfo("gate", 1, Instant.EPOCH, 4, 4);

    private final FramePool pool = new FramePool(3, INFO.bytes());

    @Test
    void shouldUseTheSlotAgainThatWasGivenBackLast() {
        // Given
        var slot = pool.lease().orElseThrow();
        slot.memory().put(0, (byte) 7);
        slot.publish(INFO).close();

        // When
        var again = pool.lease().orElseThrow();

        // Then: one slot's memory is all that is ever used by who needs one
        assertThat(again).isSameAs(slot);
        assertThat(again.memory().get(0)).isEqualTo((byte) 7);
    }

    @Test
    void shouldGiveAsManySlotsAsItHasAndCountWhoFindsNone() {
        // When
        List<Optional<FramePool.Slot>> leased = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            leased.add(pool.lease());
        }

        // Then
        assertThat(leased).extracting(Optional::isPresent).containsExactly(true, true, true, false);
        assertThat(leased.stream().flatMap(Optional::stream).distinct()).hasSize(3);
        assertThat(pool.leased()).isEqualTo(3);
        assertThat(pool.exhausted()).isEqualTo(1);
        leased.get(1).orElseThrow().abandon();
        assertThat(pool.lease()).isEqualTo(leased.get(1));
    }

    @Test
    @Timeout(30)
    void shouldLetWhoNeedsASlotWaitForOne() throws InterruptedException {
        // Given
        var held = List.of(
                pool.lease().orElseThrow(),
                pool.lease().orElseThrow(),
                pool.lease().orElseThrow());
        var leased = new CompletableFuture<Optional<FramePool.Slot>>();
        var waiting = new Thread(() -> {
            try {
                pool.awaitFree();
                leased.complete(pool.lease());
            } catch (InterruptedException e) {
                leased.completeExceptionally(e);
            }
        });
        waiting.start();

        // When
        held.get(1).abandon();

        // Then
        assertThat(leased.join()).contains(held.get(1));
        assertThat(pool.exhausted()).isZero();
    }
}
