package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    /** At the start nobody has had anything, so the first come first. */
    private static final long SETTLED = 2000;

    private final FairQueue<Camera> queue = new FairQueue<>();
    private final Map<String, Long> used = new HashMap<>();
    private final Map<String, Long> longestWait = new HashMap<>();
    private int most;

    /** @param pause time from the end of a turn until the camera asks again; 0: always wants to be looked at */
    private record Camera(String id, long cost, long pause, Priority priority) {
        Camera(String id, long cost) {
            this(id, cost, 0, Priority.NORMAL);
        }
    }

    @Test
    void shouldGiveEachCameraTheSameTimeWhateverItsDetectorCosts() {
        var cameras = List.of(new Camera("cheap", 2), new Camera("usual", 20), new Camera("expensive", 400));

        run(cameras, 1, 5000);

        assertThat(share("cheap")).isCloseTo(1 / 3.0, within(0.01));
        assertThat(share("usual")).isCloseTo(1 / 3.0, within(0.01));
        assertThat(share("expensive")).isCloseTo(1 / 3.0, within(0.01));
    }

    @Test
    void shouldShareByPriorityAndLeaveSomeForTheLowest() {
        var cameras = List.of(
                new Camera("low", 30, 0, Priority.LOW),
                new Camera("normal", 30, 0, Priority.NORMAL),
                new Camera("high", 30, 0, Priority.HIGH));

        run(cameras, 1, 5000);

        assertThat(share("low")).isCloseTo(1 / 21.0, within(0.005));
        assertThat(share("normal")).isCloseTo(4 / 21.0, within(0.005));
        assertThat(share("high")).isCloseTo(16 / 21.0, within(0.005));
    }

    @Test
    void shouldNotLetAnExpensiveCameraTakeTheTurnsOfCheapOnes() {
        // Given: ten cameras that ask for a fifth of two workers, and four that want all of them
        var cameras = new ArrayList<Camera>();
        for (int i = 0; i < 10; i++) {
            cameras.add(new Camera("cheap-" + i, 8, 192, Priority.NORMAL));
        }
        for (int i = 0; i < 4; i++) {
            cameras.add(new Camera("expensive-" + i, 500));
        }

        run(cameras, 2, 5000);

        // Then: a cheap one waits for a turn under way at most, in which others like it may go first
        assertThat(longestWait.entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("cheap"))
                .allSatisfy(entry -> assertThat(entry.getValue()).isLessThanOrEqualTo(500 + 5 * 8));
        assertThat(used).hasSize(14);
    }

    @Test
    void shouldLetNobodyStarveHoweverManyAreMoreImportant() {
        var cameras = new ArrayList<Camera>();
        for (int i = 0; i < 20; i++) {
            cameras.add(new Camera("high-" + i, 10, 0, Priority.HIGH));
        }
        cameras.add(new Camera("low", 10, 0, Priority.LOW));

        run(cameras, 2, 20_000);

        assertThat(share("low")).isCloseTo(1 / 321.0, within(0.001));
        assertThat(longestWait.get("low")).isLessThanOrEqualTo(20 * 17 * 10);
    }

    @Test
    void shouldGiveNobodyTurnsForTheTimeInWhichItAskedForNone() {
        // Given: one that has worked alone for long
        for (int i = 0; i < 1000; i++) {
            queue.add(new Camera("old", 50), "old");
            queue.poll();
            queue.charge("old", 50_000, Priority.NORMAL);
        }

        // When: another one comes
        run(List.of(new Camera("old", 50), new Camera("new", 50)), 1, 100);

        // Then: it does not have a thousand turns in a row
        assertThat(used.get("new")).isCloseTo(used.get("old"), within(400L + 50));
    }

    @Test
    void shouldKeepThePlaceOfACameraThatComesBackWithANewerFrame() {
        queue.add(new Camera("a", 1), "a");
        var stale = new Camera("b", 1);
        queue.add(stale, "b");
        queue.poll();
        queue.charge("a", 10_000, Priority.NORMAL);
        queue.remove(stale);
        queue.add(new Camera("a", 1), "a");

        queue.add(new Camera("b", 1), "b");

        assertThat(queue.poll()).map(Camera::id).contains("b");
    }

    @Test
    void shouldTakeWhatFitsInTheOrderOfTheTurns() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            queue.add(new Camera(id, 1), id);
        }

        var more = queue.poll(camera -> !camera.id().equals("b"), 3);

        assertThat(more).extracting(Camera::id).containsExactly("a", "c", "d");
        assertThat(queue.drain()).extracting(Camera::id).containsExactly("b", "e");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetCamerasThatAreGone() {
        for (int i = 0; i < 3000; i++) {
            String id = "camera-" + i;
            queue.add(new Camera(id, 1), id);
            queue.poll();
            queue.charge(id, 1_000_000, Priority.NORMAL);
            most = Math.max(most, queue.remembered());
            queue.add(new Camera("stays", 1), "stays");
            queue.poll();
            queue.charge("stays", 2_000_000, Priority.NORMAL);
        }

        assertThat(most).isLessThan(300);
    }

    private double share(String camera) {
        return used.get(camera)
                / (double) used.values().stream().mapToLong(i -> i).sum();
    }

    /** What happens next to a camera: it asks, or its turn ends. */
    private record Step(long at, long order, Camera camera, boolean ends) {}

    /** Works through so many turns with a clock of its own, in which a millisecond is 1. */
    private void run(List<Camera> cameras, int workers, int turns) {
        var steps = new PriorityQueue<Step>(Comparator.comparing(Step::at).thenComparing(Step::order));
        var asked = new HashMap<String, Long>();
        long order = 0;
        for (Camera camera : cameras) {
            steps.add(new Step(0, order++, camera, false));
        }
        int free = workers;
        int done = 0;
        while (done < turns) {
            var step = steps.remove();
            var camera = step.camera();
            if (step.ends()) {
                free++;
                queue.charge(camera.id(), camera.cost() * 1_000_000, camera.priority());
                steps.add(new Step(step.at() + camera.pause(), order++, camera, false));
            } else {
                asked.put(camera.id(), step.at());
                queue.add(camera, camera.id());
            }
            boolean moreNow = !steps.isEmpty() && steps.peek().at() == step.at();
            while (!moreNow && free > 0 && !queue.isEmpty()) {
                var next = queue.poll().orElseThrow();
                free--;
                done++;
                used.merge(next.id(), next.cost(), Long::sum);
                if (step.at() >= SETTLED) {
                    longestWait.merge(next.id(), step.at() - asked.get(next.id()), Math::max);
                }
                steps.add(new Step(step.at() + next.cost(), order++, next, true));
            }
        }
    }
}
