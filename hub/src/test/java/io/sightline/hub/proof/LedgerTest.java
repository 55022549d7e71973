package io.sightline.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final String GATE = "/hubs/h/signals/gate";
    private static final String YARD = "/hubs/h/signals/yard";

    private final Ledger ledger = new Ledger();

    @Test
    void shouldFindNothingWrongWithWhatArrivedInOrder() {
        // Given
        acknowledge(GATE, 1, 1);
        acknowledge(GATE, 1, 2);
        acknowledge(GATE, 2, 1);
        // When
        arrive(GATE, 1, 1);
        arrive(GATE, 1, 2);
        arrive(GATE, 2, 1);
        // Then
        assertThat(account()).isEqualTo(new Account("sink", 3, 3, 0, 0, 0, 0, 0));
        assertThat(ledger.showsTrouble()).isFalse();
    }

    @Test
    void shouldCountWhatIsAcknowledgedAndMissing() {
        // Given
        ledger.expect("sink");
        acknowledge(GATE, 1, 1);
        acknowledge(GATE, 1, 2);
        acknowledge(YARD, 1, 1);
        // When
        arrive(GATE, 1, 2);
        // Then
        assertThat(account()).isEqualTo(new Account("sink", 3, 1, 2, 0, 0, 1, 0));
        assertThat(ledger.showsTrouble()).isTrue();
    }

    @Test
    void shouldTellRepeatsFromStrangers() {
        // Given
        acknowledge(GATE, 1, 1);
        // When
        arrive(GATE, 1, 1);
        arrive(GATE, 1, 1);
        ledger.arrived("sink", GATE, sequence(1, 1), id(9, 9));
        // Then
        assertThat(account()).isEqualTo(new Account("sink", 1, 1, 0, 1, 1, 0, 0));
    }

    @Test
    void shouldCountWhatIsOvertakenButNotWhatIsRepeated() {
        // When
        arrive(GATE, 1, 2);
        arrive(YARD, 1, 1);
        arrive(GATE, 1, 1);
        arrive(GATE, 1, 2);
        arrive(GATE, 2, 1);
        arrive(GATE, 1, 3);
        // Then
        assertThat(account().inversions()).isEqualTo(2);
        assertThat(account().repeats()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAloneWhatIsNoWholeAcknowledgement() {
        // When
        ledger.heard("acknowledged " + id(1, 1) + " " + GATE);
        ledger.heard("Sightline is ready: http://127.0.0.1:8080");
        // Then
        assertThat(ledger.acknowledged()).isZero();
    }

    @Test
    void shouldReadEventsOfAProofOnly() {
        // Given
        String event = "{\"id\":\"%s\",\"source\":\"%s\",\"sequence\":\"%s\",\"data\":{\"sent_ns\":42}}"
                .formatted(id(1, 1), GATE, sequence(1, 1));
        // When
        long sent = ledger.arrived("sink", event.getBytes(StandardCharsets.UTF_8));
        long other = ledger.arrived("sink", "{\"data\":{}}".getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(sent).isEqualTo(42);
        assertThat(other).isZero();
        assertThat(account().arrived()).isEqualTo(1);
        assertThatThrownBy(() -> ledger.arrived("sink", "{\"id\":".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sink got something that is no event");
    }

    private Account account() {
        return ledger.accounts().get(0);
    }

    private void acknowledge(String source, int start, int number) {
        ledger.heard("acknowledged " + id(start, number) + " " + source + " " + sequence(start, number));
    }

    private void arrive(String source, int start, int number) {
        ledger.arrived("sink", source, sequence(start, number), id(start, number));
    }

    private static String sequence(int start, int number) {
        return String.format("%06d-%013d", start, number);
    }

    private static String id(int start, int number) {
        return String.format("01980000-0000-7000-8000-%06d%06d", start, number);
    }
}
