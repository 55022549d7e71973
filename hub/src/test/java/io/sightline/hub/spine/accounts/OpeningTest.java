package io.sightline.hub.spine.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final String GATE = "detections.gate";

    private final Shelf queues = new Shelf();
    private final Map<String, Entry> before = new HashMap<>();

    private Entry opened(String sink) {
        return new Opening(queues, before, 5).opened().get(sink);
    }

    private static Entry entry(String sink, Statement statement, Mark mark) {
        return new Entry(sink, Tally.NONE, Map.of(GATE, mark), Map.of(), Map.of(), statement);
    }

    private static Statement since(long start, long accepted, Map<String, Long> bases) {
        return new Statement(start, 1, Set.of("detections"), accepted, bases);
    }

    @Test
    void shouldBeginWithWhatWaitsAndWhatIsDeadWhereThereWasNoAccount() {
        queues.put("siren", null, new EventNumber(GATE, 4, 9));
        queues.dead.put("siren", 3L);

        Entry siren = opened("siren");

        assertThat(siren.statement()).isEqualTo(new Statement(5, 1, Set.of("detections"), 5, Map.of()));
        assertThat(siren.tally().unnumbered()).isEqualTo(1);
    }

    @Test
    void shouldTellByItsOwnQueueHowManyItWasGiven() {
        before.put("siren", entry("siren", since(4, 100, Map.of()), new Mark(4, 7)));
        queues.put("siren", new EventNumber(GATE, 4, 8), new EventNumber(GATE, 4, 9));

        assertThat(opened("siren").statement().accepted()).isEqualTo(109);
    }

    @Test
    void shouldTellByAnotherSinkThatTheLastEventsAreGone() {
        before.put("siren", entry("siren", since(4, 100, Map.of()), new Mark(4, 7)));
        before.put("store", entry("store", since(4, 0, Map.of()), new Mark(4, 12)));
        queues.put("siren");
        queues.put("store");

        assertThat(opened("siren").statement().accepted()).isEqualTo(112);
    }

    @Test
    void shouldCountFromTheNumberWithWhichItBegan() {
        before.put("siren", entry("siren", since(4, 0, Map.of(GATE, 5L)), new Mark(4, 7)));
        queues.put("siren");

        assertThat(opened("siren").statement().accepted()).isEqualTo(2);
    }

    @Test
    void shouldCloseSeveralStartsAtOnceAndOnlyThoseSinceItsStatement() {
        before.put("siren", entry("siren", since(3, 50, Map.of()), new Mark(3, 4)));
        queues.put("siren", new EventNumber(GATE, 4, 2));
        before.put("old", entry("old", since(4, 0, Map.of()), new Mark(2, 99)));
        queues.put("old");

        assertThat(opened("siren").statement().accepted()).isEqualTo(50 + 4 + 2);
        assertThat(opened("old").statement().accepted()).isEqualTo(2);
    }

    @Test
    void shouldForgetSourcesOfEarlierStartsOfWhichNothingWaits() {
        before.put("siren", entry("siren", since(4, 0, Map.of()), new Mark(4, 7)));
        queues.put("siren");

        assertThat(opened("siren").marks()).isEmpty();
    }

    @Test
    void shouldForgetSinksWithoutAQueue() {
        before.put("gone", entry("gone", since(4, 0, Map.of()), new Mark(4, 7)));

        assertThat(new Opening(queues, before, 5).opened()).isEmpty();
    }

    private static final class Shelf implements SinkQueues {
        private final Map<String, List<Optional<EventNumber>>> waiting = new TreeMap<>();
        private final Map<String, Long> dead = new HashMap<>();

        /** @param events null where one has no number */
        void put(String sink, EventNumber... events) {
            List<Optional<EventNumber>> in = waiting.computeIfAbsent(sink, none -> new ArrayList<>());
            Arrays.stream(events).map(Optional::ofNullable).forEach(in::add);
        }

        @Override
        public Set<String> sinks() {
            return waiting.keySet();
        }

        @Override
        public Set<String> kinds(String sink) {
            return Set.of("detections");
        }

        @Override
        public long waiting(String sink) {
            return waiting.get(sink).size();
        }

        @Override
        public void each(String sink, Consumer<Optional<EventNumber>> look) {
            waiting.get(sink).forEach(look);
        }

        @Override
        public Map<String, Long> dead() {
            return dead;
        }
    }
}
