package io.sightline.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class StoreProbeTest {
    private final List<String> told = new ArrayList<>();
    private Runnable question = () -> {};
    private long now = 77;

    private final StoreProbe probe = new StoreProbe(
            new StoreProbe.Target() {
                @Override
                public void ask() {
                    question.run();
                }

                @Override
                public void answered() {
                    told.add("answered");
                }

                @Override
                public void failed(Throwable failure) {
                    told.add(failure.getMessage());
                }
            },
            () -> now);

    @Test
    void shouldTellHowLongTheAnswerTook() {
        question = () -> pass(Duration.ofMillis(40));

        probe.ask();
        pass(Duration.ofSeconds(4));
        probe.look();

        assertThat(probe.took()).isEqualTo(Duration.ofMillis(40));
        assertThat(told).containsExactly("answered");
    }

    @Test
    void shouldTellOfAnAnswerThatIsLateWhileItIsWaitedFor() {
        question = () -> {
            pass(Duration.ofSeconds(2));
            probe.look();
            told.add("waits");
            pass(Duration.ofSeconds(2));
            probe.look();
            assertThat(probe.took()).isEqualTo(Duration.ofSeconds(4));
        };

        probe.ask();

        assertThat(told).containsExactly("waits", "no answer for 3 s", "answered");
    }

    @Test
    void shouldTellWhyThereIsNoAnswer() {
        question = () -> {
            throw new DataAccessResourceFailureException("refused");
        };

        probe.ask();

        assertThat(told).containsExactly("refused");
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
