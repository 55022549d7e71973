package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandshakeTurnsTest {
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void shouldLetSoManyConnectAtOnceAndTheOthersInTheOrderInWhichTheyCame() throws Exception {
        // Given
        var turns = new HandshakeTurns(2, Duration.ofMinutes(1));
        var first = taken(turns);
        var second = taken(turns);

        // When
        var third = waiting(turns, "third");
        var fourth = waiting(turns, "fourth");

        // Then
        assertThat(third.ahead()).isEqualTo(1);
        assertThat(fourth.ahead()).isEqualTo(2);
        assertThat(begun).isEmpty();

        first.close();
        await().until(() -> begun.equals(List.of("third")));
        first.close();
        assertThat(fourth.ahead()).isEqualTo(1);

        second.close();
        await().until(() -> begun.equals(List.of("third", "fourth")));
    }

    @Test
    void shouldNotCountWhoTakesLong() throws Exception {
        // Given
        var turns = new HandshakeTurns(1, Duration.ofMillis(50));
        taken(turns);

        // When
        waiting(turns, "second");

        // Then
        await().until(() -> begun.equals(List.of("second")));
    }

    @Test
    void shouldForgetWhoGivesUpWaiting() throws Exception {
        // Given
        var turns = new HandshakeTurns(1, Duration.ofMinutes(1));
        var first = taken(turns);
        waiting(turns, "second");
        waiting(turns, "third");

        // When
        threads.get(0).interrupt();
        threads.get(0).join();
        first.close();

        // Then
        await().until(() -> begun.equals(List.of("third")));
    }

    private static HandshakeTurns.Turn taken(HandshakeTurns turns) throws InterruptedException {
        var turn = turns.queue();
        assertThat(turn.ahead()).isZero();
        turn.await();
        return turn;
    }

    /** Waits on a thread of its own, and stays in once it is its turn. */
    private HandshakeTurns.Turn waiting(HandshakeTurns turns, String name) {
        var turn = turns.queue();
        var thread = new Thread(
                () -> {
                    try {
                        turn.await();
                        begun.add(name);
                    } catch (InterruptedException e) {
                        turn.close();
                    }
                },
                "turn-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return turn;
    }
}
