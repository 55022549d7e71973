package io.sightline.hub.spine.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SinkAccountTest {
    private static final String GATE = "detections.gate";

    private final SinkAccount account = opened(Map.of());
    private int messages;

    private static SinkAccount opened(Map<String, Long> bases) {
        var statement = new Statement(3, 1, Set.of("detections"), 10, bases);
        return new SinkAccount(Entry.of("siren", Tally.NONE).with(statement));
    }

    private Incoming event(long start, long number) {
        return new Incoming("ID:" + messages++, new EventNumber(GATE, start, number), false);
    }

    private static Entry take(SinkAccount account, Incoming event) {
        account.begins(event);
        return account.handled(event, Outcome.DELIVERED);
    }

    @Test
    void shouldCountWhatIsGivenOfItsKindsOnly() {
        account.given("detections");
        account.given("scene");

        assertThat(account.given()).isEqualTo(11);
    }

    @Test
    void shouldCountEachEventOnce() {
        // Given
        take(account, event(3, 1));
        take(account, event(3, 2));
        // When: the publisher sent it again, because it did not know whether the spine has it
        Incoming again = event(3, 2);
        assertThat(account.repeats(again)).isTrue();
        take(account, again);
        // Then
        assertThat(account.tally().delivered()).isEqualTo(2);
        assertThat(account.tally().repeated()).isEqualTo(1);
        assertThat(account.attempts()).isEqualTo(3);
    }

    @Test
    void shouldTakeBackWhatTheBrokerRolledBack() {
        // Given
        take(account, event(3, 1));
        Incoming second = event(3, 2);
        take(account, second);
        // When: the commit failed, so the same message comes again
        take(account, second);
        // Then
        assertThat(account.tally().delivered()).isEqualTo(2);
        assertThat(account.tally().repeated()).isZero();
        assertThat(account.tally().missing()).isZero();
    }

    @Test
    void shouldMissWhatDoesNotCome() {
        // Given
        take(account, event(3, 1));
        // When
        Entry entry = take(account, event(3, 4));
        // Then
        assertThat(entry.missing()).isEqualTo(Map.of(GATE, List.of(new Span(3, 2, 3))));
        assertThat(account.tally().missing()).isEqualTo(2);
        assertThat(account.gap()).contains("detections.gate 3-2 to 3-3");
        // When: it was only overtaken
        take(account, event(3, 3));
        // Then
        assertThat(account.tally().missing()).isEqualTo(1);
        assertThat(account.tally().delivered()).isEqualTo(3);
        take(account, event(3, 3));
        assertThat(account.tally().delivered()).isEqualTo(3);
        assertThat(account.tally().repeated()).isEqualTo(1);
    }

    @Test
    void shouldMissTheFirstOnesOfAStart() {
        take(account, event(2, 7));
        assertThat(account.tally().missing()).isZero();

        take(account, event(3, 3));

        assertThat(account.tally().missing()).isEqualTo(2);
    }

    @Test
    void shouldNotMissWhatWasSentBeforeItBegan() {
        SinkAccount late = opened(Map.of(GATE, 41L));

        take(late, event(3, 42));

        assertThat(late.tally().missing()).isZero();
        take(late, event(3, 44));
        assertThat(late.gap()).contains("detections.gate 3-43");
    }

    @Test
    void shouldNotMissWhatWasDroppedAndCountItWhereItComesAfterAll() {
        // Given
        take(account, event(3, 1));
        var dropped = new Dropped();
        for (long number = 2; number <= 5; number++) {
            dropped.add(Optional.of(new EventNumber(GATE, 3, number)));
        }
        account.dropping(dropped);
        assertThat(account.tally().dropped()).isEqualTo(4);
        // When: one was on its way to the sink already
        Incoming second = event(3, 2);
        take(account, second);
        take(account, second);
        take(account, event(3, 6));
        // Then
        assertThat(account.tally().dropped()).isEqualTo(3);
        assertThat(account.tally().delivered()).isEqualTo(3);
        assertThat(account.tally().missing()).isZero();
    }

    @Test
    void shouldCountALetterWhateverItsNumber() {
        Incoming rejected = event(3, 1);
        account.begins(rejected);
        account.handled(rejected, Outcome.DEAD);

        take(account, new Incoming("ID:letter", new EventNumber(GATE, 3, 1), true));

        assertThat(account.tally().died()).isEqualTo(1);
        assertThat(account.tally().delivered()).isEqualTo(1);
        assertThat(account.tally().repeated()).isZero();
    }

    @Test
    void shouldCountWhatHasNoNumberAsAcceptedUnlessItWaitedAtTheUpgrade() {
        var statement = new Statement(3, 1, Set.of("detections"), 1, Map.of());
        var upgraded = new SinkAccount(Entry.of("siren", Tally.unnumbered(1)).with(statement));

        take(upgraded, new Incoming("ID:old", null, false));
        assertThat(upgraded.given() + upgraded.tally().accepted()).isEqualTo(1);
        take(upgraded, new Incoming("ID:strange", null, false));

        assertThat(upgraded.given() + upgraded.tally().accepted()).isEqualTo(2);
        assertThat(upgraded.tally().delivered()).isEqualTo(2);
    }

    @Test
    void shouldAddUpTheSameInAnyOrderAndSurviveWriting() throws Exception {
        // Given
        Entry first = take(account, event(3, 1));
        Entry third = take(account, event(3, 3));
        Entry opened = Entry.of("siren", Tally.NONE).with(account.statement());
        // When
        Entry one = Entry.read(first.plus(third).plus(opened).bytes());
        Entry other =
                Entry.read(opened.plus(Entry.read(third.bytes())).plus(first).bytes());
        // Then
        assertThat(one).isEqualTo(other);
        assertThat(one.tally().delivered()).isEqualTo(2);
        assertThat(one.marks()).isEqualTo(Map.of(GATE, new Mark(3, 3)));
        assertThat(one.missing()).isEqualTo(Map.of(GATE, List.of(new Span(3, 2, 2))));
        assertThat(first.bytes().length).isLessThan(120);
    }
}
