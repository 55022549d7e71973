package io.sightline.camera.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ListOrderTest {
    private static final Instant START = Instant.parse("2026-11-21T10:15:00Z");

    private final ListOrder order = new ListOrder();
    private Instant now = START;

    private static SentList numbered(long sequence) {
        return new SentList(Optional.empty(), OptionalLong.of(sequence), 640, 360, List.of());
    }

    private static SentList timed(Instant time) {
        return new SentList(Optional.of(time), OptionalLong.empty(), 640, 360, List.of());
    }

    private boolean isNew(SentList list) {
        now = now.plusMillis(100);
        return order.isNew(list, now);
    }

    @Test
    void shouldRefuseListsThatComeTwiceOrTooLate() {
        assertThat(isNew(numbered(5))).isTrue();
        assertThat(isNew(numbered(5))).isFalse();
        assertThat(isNew(numbered(7))).isTrue();
        assertThat(isNew(numbered(6))).isFalse();
        assertThat(isNew(numbered(8))).isTrue();
    }

    @Test
    void shouldOrderByTimeWhereThereIsNoNumber() {
        assertThat(isNew(timed(START))).isTrue();
        assertThat(isNew(timed(START))).isFalse();
        assertThat(isNew(timed(START.minusMillis(40)))).isFalse();
        assertThat(isNew(timed(START.plusMillis(40)))).isTrue();
        assertThat(isNew(timed(Instant.EPOCH))).isTrue(); // its clock was set
    }

    @Test
    void shouldTakeACameraThatBeginsAnew() {
        assertThat(isNew(numbered(60_000))).isTrue();
        assertThat(isNew(numbered(1))).isTrue();
        now = now.plusSeconds(2);
        assertThat(isNew(numbered(0))).isTrue();
        assertThat(isNew(new SentList(Optional.empty(), OptionalLong.empty(), 640, 360, List.of())))
                .isTrue();
    }

    @Test
    void shouldTellTheTimeOfCaptureByOurClockWhateverTheCamerasSays() {
        // Given: a clock of 1970; the first list is under way for longer
        Instant wrong = Instant.EPOCH.plusSeconds(100);
        assertThat(order.capturedAt(timed(wrong), START)).isEqualTo(START);
        Instant next = order.capturedAt(timed(wrong.plusMillis(200)), START.plusMillis(150));
        assertThat(next).isEqualTo(START.plusMillis(150));

        // When, Then: a late list is placed by the quickest one
        assertThat(order.capturedAt(timed(wrong.plusMillis(400)), START.plusMillis(900)))
                .isEqualTo(START.plusMillis(350));

        // When, Then: the camera's clock is set right
        Instant set = START.plusSeconds(10);
        assertThat(order.capturedAt(timed(set), set.plusMillis(20)))
                .isBetween(set.minus(Duration.ofSeconds(1)), set.plusMillis(20));
        assertThat(order.capturedAt(numbered(1), START)).isEqualTo(START);
    }
}
