package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sightline.engine.detect.DetectionException.Reason;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FramePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InferencePoolTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final FramePool frames = Frames.pool(8, 8, 8);
    private final ConcurrentLinkedQueue<Reason> lost = new ConcurrentLinkedQueue<>();
    private final CopyOnWriteArrayList<String> inferred = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    /** A thread for each caller: the common pool of newer JDKs has fewer than callers wait here. */
    private final ExecutorService callers = Executors.newCachedThreadPool();

    private final InferencePool pool = patient(2, new InferenceListener() {
        @Override
        public void inferred(String cameraId, Duration queued, Duration inference) {
            inferred.add(cameraId);
        }

        @Override
        public void lost(String cameraId, Reason reason) {
            lost.add(reason);
        }
    });

    @AfterEach
    void noLeaseIsLeft() {
        callers.shutdown();
        release.countDown();
        pool.close();
        await().untilAsserted(() -> assertThat(frames.leased()).isZero());
    }

    @Test
    void shouldHandOverWhatTheDetectorFound() throws Exception {
        var seen = new SeenObject("person", 0.9, new BoundingBox(1, 2, 3, 4));

        var found = detect("a", frame -> List.of(seen), LONG);

        assertThat(found).containsExactly(seen);
        assertThat(inferred).containsExactly("a");
    }

    @Test
    void shouldKeepWorkingWhenADetectorThrows() throws Exception {
        for (int i = 0; i < 5; i++) {
            var failure =
                    catchThrowableOfType(DetectionException.class, () -> detect("a", InferencePoolTest::explode, LONG));
            assertThat(failure).hasMessageContaining("out of luck").hasMessageContaining("'a'");
        }

        assertThat(detect("a", frame -> List.of(), LONG)).isEmpty();
        assertThat(lost).containsOnly(Reason.FAILED).hasSize(5);
    }

    @Test
    void shouldChargeAHangingDetectorToItsOwnCameraOnly() throws Exception {
        // Given: both workers hang for two cameras
        for (String camera : List.of("a", "b")) {
            assertThatThrownBy(() -> detect(camera, this::hang, SHORT)).hasMessageContaining("did not answer");
        }

        // When
        var others = new ArrayList<List<SeenObject>>();
        for (int i = 0; i < 50; i++) {
            others.add(detect("c", frame -> List.of(), LONG));
        }

        // Then: the third one has every worker, and the first two are told why they have none
        assertThat(others).hasSize(50);
        assertThat(pool.stuck()).isEqualTo(2);
        var refused = catchThrowableOfType(DetectionException.class, () -> detect("a", frame -> List.of(), LONG));
        assertThat(refused.reason()).isEqualTo(Reason.STUCK);
        assertThat(refused).hasMessageContaining("'a'").hasMessageContaining("has not answered");
        assertThat(frames.leased()).isEqualTo(2);
    }

    @Test
    void shouldNeverHaveMoreThreadsThanWorkersAndStuckCalls() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> detect("a", this::hang, SHORT)).isInstanceOf(DetectionException.class);
        }

        assertThat(pool.stuck()).isEqualTo(1);
        assertThat(frames.leased()).isEqualTo(1);
        assertThat(lost).contains(Reason.TIMED_OUT).contains(Reason.STUCK).hasSize(20);
    }

    @Test
    void shouldSayOverloadedWhereNoWorkerWasFree() throws Exception {
        // Given: two slow calls that are within their deadline
        var slow = List.of(inBackground("a"), inBackground("b"));
        await().until(() -> frames.leased() == 2 && pool.waiting() == 0);

        var refused = catchThrowableOfType(DetectionException.class, () -> detect("c", frame -> List.of(), SHORT));

        assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(pool.stuck()).isZero();
        release.countDown();
        slow.forEach(CompletableFuture::join);
    }

    @Test
    void shouldServeCamerasInTurn() throws Exception {
        // Given: one worker that is busy, and a queue of three
        try (var single = patient(1, InferenceListener.NONE)) {
            var order = new ConcurrentLinkedQueue<String>();
            var busy = CompletableFuture.runAsync(() -> quietly(single, "z", this::hang), callers);
            await().until(() -> frames.leased() == 1 && single.waiting() == 0);
            var waiting = new ArrayList<CompletableFuture<Void>>();
            for (String camera : List.of("a", "b", "c")) {
                int before = single.waiting();
                waiting.add(CompletableFuture.runAsync(
                        () -> quietly(single, camera, frame -> {
                            order.add(camera);
                            return List.of();
                        }),
                        callers));
                await().until(() -> single.waiting() == before + 1);
            }

            release.countDown();
            waiting.forEach(CompletableFuture::join);

            busy.join();
            assertThat(order).containsExactly("a", "b", "c");
        }
    }

    @Test
    void shouldKeepTheInterruptOfItsCaller() throws Exception {
        var ended = new AtomicReference<Throwable>();
        var caller = new Thread(() -> {
            try {
                detect("a", this::hang, LONG);
            } catch (InterruptedException | DetectionException e) {
                ended.set(e);
            }
        });
        caller.start();
        await().until(() -> frames.leased() == 1);

        caller.interrupt();
        caller.join();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldRefuseAfterClosingAndCloseTwice() {
        pool.close();
        pool.close();

        var refused = catchThrowableOfType(DetectionException.class, () -> detect("a", frame -> List.of(), LONG));

        assertThat(refused.reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void shouldGoOnWhenMemoryRunsOut() throws Exception {
        for (int i = 0; i < 20; i++) {
            var failure = catchThrowableOfType(
                    DetectionException.class,
                    () -> detect(
                            "a",
                            frame -> {
                                throw new OutOfMemoryError("Physical memory usage is too high");
                            },
                            LONG));
            assertThat(failure).hasMessageContaining("Physical memory").hasCauseInstanceOf(OutOfMemoryError.class);
        }

        assertThat(detect("b", frame -> List.of(), LONG)).isEmpty();
        assertThat(lost).containsOnly(Reason.FAILED).hasSize(20);
        assertThat(frames.leased()).isZero();
    }

    @Test
    void shouldFailWhereADetectorForgetsToAnswer() {
        var failure = catchThrowableOfType(DetectionException.class, () -> detect("a", frame -> null, LONG));

        assertThat(failure).hasMessageContaining("'a'").hasMessageContaining("without a result");
    }

    @Test
    void shouldGoOnWhenNobodyCanMeasure() throws Exception {
        var listener = new InferenceListener() {
            @Override
            public void inferred(String cameraId, Duration queued, Duration inference) {
                throw new IllegalStateException("no registry");
            }
        };
        try (var deaf = new InferencePool(1, listener)) {
            for (int i = 0; i < 5; i++) {
                quietly(deaf, "a", frame -> List.of());
            }
        }

        assertThat(frames.leased()).isZero();
    }

    @Test
    void shouldMeasureTheWaitAndTheLookApart() throws Exception {
        // Given
        var clock = new AtomicLong();
        var told = new CopyOnWriteArrayList<String>();
        var listener = new InferenceListener() {
            @Override
            public void inferred(String cameraId, Duration queued, Duration inference) {
                told.add(cameraId + " " + queued.toMillis() + " " + inference.toMillis());
            }
        };
        try (var single = new InferencePool(1, listener, clock::get, LONG)) {
            var first = inBackground(single, "a");
            await().until(() -> frames.leased() == 1 && single.waiting() == 0);
            var second = CompletableFuture.runAsync(() -> quietly(single, "b", frame -> List.of()), callers);
            await().until(() -> single.waiting() == 1);

            // When
            clock.set(Duration.ofMillis(700).toNanos());
            release.countDown();
            first.join();
            second.join();
        }

        // Then
        assertThat(told).containsExactly("a 0 700", "b 700 0");
    }

    @Test
    void shouldServeTheMoreImportantCameraFirstWhereBothHaveHadTheSame() throws Exception {
        // Given: both have used a worker for as long
        var clock = new AtomicLong();
        var order = new ConcurrentLinkedQueue<String>();
        try (var single = new InferencePool(1, InferenceListener.NONE, clock::get, LONG)) {
            for (String camera : List.of("low", "high")) {
                quietly(single, camera, tenMillis(clock, order), priority(camera));
            }
            var busy = inBackground(single, "z");
            await().until(() -> frames.leased() == 1 && single.waiting() == 0);

            // When: the unimportant one asks first
            var waiting = new ArrayList<CompletableFuture<Void>>();
            for (String camera : List.of("low", "high")) {
                int before = single.waiting();
                waiting.add(CompletableFuture.runAsync(
                        () -> quietly(single, camera, tenMillis(clock, order), priority(camera)), callers));
                await().until(() -> single.waiting() == before + 1);
            }
            release.countDown();
            waiting.forEach(CompletableFuture::join);
            busy.join();
        }

        // Then
        assertThat(order).containsExactly("low", "high", "high", "low");
    }

    @Test
    void shouldRefuseWhatWaitsWhenItIsClosed() throws Exception {
        try (var single = patient(1, InferenceListener.NONE)) {
            var busy = inBackground(single, "a");
            await().until(() -> frames.leased() == 1 && single.waiting() == 0);
            var waits = CompletableFuture.supplyAsync(() -> failureOn(single, "b", frame -> List.of(), LONG), callers);
            await().until(() -> single.waiting() == 1);
            var closing = CompletableFuture.runAsync(single::close, callers);

            var refused = waits.join();

            assertThat(refused.reason()).isEqualTo(Reason.CLOSED);
            release.countDown();
            closing.join();
            busy.join();
        }
    }

    /** A pool in which no worker stands in for another before the deadline. */
    private static InferencePool patient(int workers, InferenceListener listener) {
        return new InferencePool(workers, listener, System::nanoTime, LONG);
    }

    private static Priority priority(String name) {
        return Priority.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Sight tenMillis(AtomicLong clock, Collection<String> order) {
        return frame -> {
            order.add(frame.cameraId());
            clock.addAndGet(Duration.ofMillis(10).toNanos());
            return List.of();
        };
    }

    private DetectionException failureOn(InferencePool on, String camera, Sight look, Duration deadline) {
        try (var frame = Frames.grey(frames, camera, 8, 8)) {
            var request = new Look(camera, detector(look), frame);
            return catchThrowableOfType(DetectionException.class, () -> on.detect(request, deadline));
        }
    }

    private CompletableFuture<Void> inBackground(InferencePool on, String camera) {
        return CompletableFuture.runAsync(() -> quietly(on, camera, this::hang), callers);
    }

    private void quietly(InferencePool on, String camera, Sight sight, Priority priority) {
        try (var frame = Frames.grey(frames, camera, 8, 8)) {
            on.detect(new Look(camera, detector(sight), frame).withPriority(priority), LONG);
        } catch (DetectionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<Void> inBackground(String camera) {
        return inBackground(pool, camera);
    }

    private void quietly(InferencePool on, String camera, Sight look) {
        quietly(on, camera, look, Priority.NORMAL);
    }

    private List<SeenObject> detect(String camera, Sight look, Duration deadline)
            throws DetectionException, InterruptedException {
        try (var frame = Frames.grey(frames, camera, 8, 8)) {
            return pool.detect(new Look(camera, detector(look), frame), deadline);
        }
    }

    private List<SeenObject> hang(Frame frame) {
        boolean waiting = true;
        while (waiting) {
            try {
                release.await();
                waiting = false;
            } catch (InterruptedException ignored) {
                // a native call hears no interrupt either
            }
        }
        return List.of();
    }

    private static List<SeenObject> explode(Frame frame) {
        throw new IllegalStateException("out of luck");
    }

    private interface Sight {
        List<SeenObject> at(Frame frame) throws DetectionException;
    }

    private static Detector detector(Sight look) {
        return new Detector() {
            @Override
            public DetectorInfo info() {
                return new DetectorInfo("test", "test", "", List.of("person"));
            }

            @Override
            public List<SeenObject> detect(Frame frame) throws DetectionException {
                return look.at(frame);
            }

            @Override
            public void close() {
                // nothing to give back
            }
        };
    }
}
