package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sightline.engine.detect.DetectionException.Reason;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FramePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Detectors that take much longer than others, within their deadline and beyond it. Two workers, and a clock by hand. */
@Timeout(30)
class LateAnswersTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final SeenObject PERSON = new SeenObject("person", 0.9, new BoundingBox(1, 2, 3, 4));

    private final FramePool frames = Frames.pool(16, 8, 8);
    private final AtomicLong clock = new AtomicLong();
    private final List<String> inferred = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final InferenceListener listener = new InferenceListener() {
        @Override
        public void inferred(String cameraId, Duration queued, Duration inference) {
            inferred.add(cameraId);
        }
    };
    private final InferencePool pool = new InferencePool(2, listener, clock::get, Duration.ofMillis(250));

    @AfterEach
    void noLeaseIsLeft() {
        callers.shutdown();
        release.countDown();
        pool.close();
        await().untilAsserted(() -> assertThat(frames.leased()).isZero());
    }

    @Test
    void shouldServeAQuickCameraWhileAsManySlowOnesAsWorkersAreLookedAt() throws Exception {
        // Given: both workers are busy for longer than anybody waits
        var slow = List.of(slow("a"), slow("b"));
        passTime(251);

        // When
        for (int i = 0; i < 100; i++) {
            assertThat(quick("c").join()).isEmpty();
        }

        // Then: one more thread was enough, and the slow answers are used
        assertThat(inferred).hasSize(100).containsOnly("c");
        assertThat(pool.threads()).isEqualTo(3);
        assertThat(pool.stuck()).isZero();
        release.countDown();
        assertThat(slow).allSatisfy(answer -> assertThat(answer.join()).containsExactly(PERSON));
    }

    @Test
    void shouldHaveNoMoreThreadsThanWorkersAgainOnceTheSlowOnesHaveAnswered() throws Exception {
        // Given
        var slow = List.of(slow("a"), slow("b"));
        passTime(251);
        quick("c").join();

        // When
        release.countDown();
        slow.forEach(CompletableFuture::join);
        quick("c").join();

        // Then
        await().untilAsserted(() -> assertThat(pool.threads()).isEqualTo(2));
    }

    @Test
    void shouldNotStandInForCallsThatAreWithinEverybodysPatience() throws Exception {
        // Given
        var slow = List.of(slow("a"), slow("b"));
        passTime(250);

        // When
        var waits = quick("c");
        await().during(Duration.ofMillis(200)).until(() -> pool.waiting() == 1);

        // Then
        assertThat(pool.threads()).isEqualTo(2);
        release.countDown();
        slow.forEach(CompletableFuture::join);
        assertThat(waits.join()).isEmpty();
    }

    @Test
    void shouldLetASlowCameraWaitForOthersThatAreAsSlow() throws Exception {
        // Given: all three take a second each time
        for (String camera : List.of("a", "b", "c")) {
            ask(camera, frame -> {
                        passTime(1000);
                        return List.of();
                    })
                    .join();
        }
        var slow = List.of(slow("a"), slow("b"));
        passTime(1500);

        // When
        var waits = quick("c");
        await().during(Duration.ofMillis(200)).until(() -> pool.waiting() == 1);

        // Then: a quick one goes past it
        assertThat(pool.threads()).isEqualTo(2);
        assertThat(quick("d").join()).isEmpty();
        assertThat(waits).isNotDone();
        release.countDown();
        slow.forEach(CompletableFuture::join);
        waits.join();
    }

    @Test
    void shouldNeverHaveMoreThreadsThanWorkersAndSlowCameras() throws Exception {
        // Given: five cameras hang one after the other, each when the one before is slow
        var slow = new ArrayList<CompletableFuture<List<SeenObject>>>();
        for (String camera : List.of("a", "b", "c", "d", "e")) {
            slow.add(slow(camera));
            passTime(251);
        }

        // When
        quick("f").join();

        // Then
        assertThat(pool.threads()).isLessThanOrEqualTo(7);
        release.countDown();
        slow.forEach(CompletableFuture::join);
    }

    @Test
    void shouldHaveNoMoreThreadsThanWorkersWhereAllAreQuick() throws Exception {
        // Given
        var most = new ConcurrentLinkedQueue<Integer>();

        // When: eight cameras ask for a hundred looks each
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int camera = 0; camera < 8; camera++) {
            String id = "camera-" + camera;
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 100; i++) {
                            answer(id, frame -> {
                                most.add(pool.threads());
                                return List.of();
                            });
                        }
                    },
                    callers));
        }
        all.forEach(CompletableFuture::join);

        // Then
        assertThat(most).hasSize(800).containsOnly(2);
    }

    @Test
    void shouldAnswerAllOfOneCameraWhileTheDetectorOfAnotherHangs() throws Exception {
        // Given: a call that ends only when it is let, and is far from its deadline
        var order = new ConcurrentLinkedQueue<String>();
        var hanging = slow("hangs").thenRun(() -> order.add("hangs"));

        // When
        for (int i = 0; i < 200; i++) {
            answer("well", frame -> List.of());
            order.add("well");
        }
        release.countDown();
        hanging.join();

        // Then: none of them waited for it
        assertThat(order).hasSize(201).startsWith(repeated("well", 200)).endsWith("hangs");
        assertThat(inferred).startsWith(repeated("well", 200));
    }

    @Test
    void shouldMakeOneCameraWaitForTheDeadlineOfAnotherAtMost() throws Exception {
        // Given: the only worker hangs, and the first of another camera's requests is behind it
        try (var single = new InferencePool(1, listener, System::nanoTime, LONG)) {
            var begun = new CountDownLatch(1);
            var order = new ConcurrentLinkedQueue<String>();
            var hanging = CompletableFuture.runAsync(
                    () -> order.add(failureOn(single, SHORT, begun).reason().name()), callers);
            begun.await();

            // When
            for (int i = 0; i < 200; i++) {
                answerOf(single, "well", frame -> {
                    hanging.join(); // ends with the deadline: its reason is written down first
                    order.add("well");
                    return List.of();
                });
            }

            // Then: all are answered after that deadline, while the call still runs
            assertThat(order).hasSize(201).startsWith("TIMED_OUT").endsWith(repeated("well", 200));
            assertThat(inferred).containsExactly(repeated("well", 200));
            assertThat(single.stuck()).isEqualTo(1);
            release.countDown();
            await().until(() -> single.stuck() == 0);
            assertThat(inferred).hasSize(201).endsWith("hangs");
        }
    }

    /** Two cameras are looked at side by side, which two workers can do, and one cannot. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void shouldHaveAsManyWorkersForTheOthersHoweverManyHang(int hanging) throws Exception {
        // Given
        try (var both = new InferencePool(2, listener, System::nanoTime, LONG)) {
            for (int i = 0; i < hanging; i++) {
                assertThat(failureOn(both, SHORT, new CountDownLatch(1), "hangs-" + i)
                                .reason())
                        .isEqualTo(Reason.TIMED_OUT);
            }

            // When: neither of the two ends its look before the other has begun
            var meeting = new CyclicBarrier(2);
            var cameras = Stream.of("a", "b")
                    .map(camera -> CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    answerOf(both, camera, frame -> meet(meeting));
                                }
                            },
                            callers))
                    .toList();
            cameras.forEach(CompletableFuture::join);

            // Then
            assertThat(inferred).hasSize(200).containsOnly("a", "b");
            assertThat(both.stuck()).isEqualTo(hanging);
            release.countDown();
            await().until(() -> both.stuck() == 0);
        }
    }

    @Test
    void shouldTellOfAnAnswerThatComesTooLateAndServeItsCameraAgain() throws Exception {
        // Given
        try (var single = new InferencePool(1, listener)) {
            // When
            var late = failureOn(single, SHORT, new CountDownLatch(1));
            release.countDown();
            await().until(() -> single.stuck() == 0);

            // Then
            assertThat(late.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(inferred).containsExactly("hangs");
            assertThat(answerOf(single, "hangs", frame -> List.of())).isEmpty();
        }
    }

    private void passTime(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    /** Asks with a detector that answers once it is let, and waits until that is being looked at. */
    private CompletableFuture<List<SeenObject>> slow(String camera) throws InterruptedException {
        var begun = new CountDownLatch(1);
        var answer = ask(camera, frame -> {
            begun.countDown();
            return hang(frame);
        });
        begun.await();
        return answer;
    }

    private CompletableFuture<List<SeenObject>> quick(String camera) {
        return ask(camera, frame -> List.of());
    }

    private CompletableFuture<List<SeenObject>> ask(String camera, Sight sight) {
        return CompletableFuture.supplyAsync(() -> answer(camera, sight), callers);
    }

    private List<SeenObject> answer(String camera, Sight sight) {
        return answerOf(pool, camera, sight);
    }

    private List<SeenObject> answerOf(InferencePool by, String camera, Sight sight) {
        try (var frame = Frames.grey(frames, camera, 8, 8)) {
            return by.detect(new Look(camera, detector(sight), frame), LONG);
        } catch (DetectionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DetectionException failureOn(InferencePool by, Duration deadline, CountDownLatch begun) {
        return failureOn(by, deadline, begun, "hangs");
    }

    private DetectionException failureOn(InferencePool by, Duration deadline, CountDownLatch begun, String camera) {
        try (var frame = Frames.grey(frames, camera, 8, 8)) {
            var detector = detector(seen -> {
                begun.countDown();
                return hang(seen);
            });
            var look = new Look(camera, detector, frame);
            return catchThrowableOfType(DetectionException.class, () -> by.detect(look, deadline));
        }
    }

    private static List<SeenObject> meet(CyclicBarrier other) {
        try {
            other.await(LONG.toSeconds(), TimeUnit.SECONDS);
            return List.of();
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("looked at alone", e);
        }
    }

    private static String[] repeated(String camera, int times) {
        return Stream.generate(() -> camera).limit(times).toArray(String[]::new);
    }

    /** A native call hears no interrupt, and nor does this. */
    private List<SeenObject> hang(Frame frame) {
        boolean waiting = true;
        while (waiting) {
            try {
                release.await();
                waiting = false;
            } catch (InterruptedException ignored) {
                // goes on
            }
        }
        return List.of(PERSON);
    }

    private interface Sight {
        List<SeenObject> at(Frame frame);
    }

    private static Detector detector(Sight sight) {
        return new Detector() {
            @Override
            public DetectorInfo info() {
                return new DetectorInfo("test", "test", "", List.of("person"));
            }

            @Override
            public List<SeenObject> detect(Frame frame) {
                return sight.at(frame);
            }

            @Override
            public void close() {
                // nothing to give back
            }
        };
    }
}
