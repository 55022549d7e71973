package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FramePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One worker, which is busy until the frames of some cameras wait. */
@Timeout(30)
class InferenceBatchTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final FramePool frames = Frames.pool(32, 8, 8);
    private final InferencePool pool = new InferencePool(1, InferenceListener.NONE, System::nanoTime, LONG);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);
    private final BatchDetector detector = new BatchDetector();

    @AfterEach
    void noLeaseIsLeft() {
        callers.shutdown();
        release.countDown();
        pool.close();
        await().untilAsserted(() -> assertThat(frames.leased()).isZero());
    }

    @Test
    void shouldLookAtWaitingFramesTogetherAndHandEachItsOwn() {
        var found = lookAll(LONG, "a", "b", "c");

        assertThat(detector.calls).containsExactly("a+b+c");
        assertThat(found)
                .containsEntry("a", "saw a")
                .containsEntry("b", "saw b")
                .containsEntry("c", "saw c");
    }

    @Test
    void shouldTakeNoMoreThanTheDetectorGainsFrom() {
        lookAll(LONG, "a", "b", "c", "d", "e", "f");

        assertThat(detector.calls).containsExactly("a+b+c+d", "e+f");
    }

    @Test
    void shouldGiveABatchOnlyWhatTheDetectorLooksAtWhole() {
        var other = new BatchDetector();
        var waiting = new ArrayList<CompletableFuture<String>>();
        var busy = busy();

        waiting.add(look(detector, "a", LONG));
        waiting.add(look(other, "b", LONG));
        waiting.add(lookAtPart("c"));
        waiting.add(look(detector, "d", LONG));
        release.countDown();
        waiting.forEach(CompletableFuture::join);
        busy.join();

        assertThat(detector.calls).containsExactly("a+d", "c");
        assertThat(other.calls).containsExactly("b");
    }

    @Test
    void shouldLetABadFrameCostItsOwnCameraOnly() {
        detector.bad = "b";

        var found = lookAll(LONG, "a", "b", "c");

        assertThat(detector.calls).containsExactly("a+b+c", "a", "b", "c");
        assertThat(found).containsEntry("a", "saw a").containsEntry("c", "saw c");
        assertThat(found.get("b")).isEqualTo("FAILED");
    }

    @Test
    void shouldLookOneByOneWhereABatchLacksAnAnswer() {
        detector.forgetful = true;

        var found = lookAll(LONG, "a", "b");

        assertThat(detector.calls).containsExactly("a+b", "a", "b");
        assertThat(found).containsEntry("a", "saw a").containsEntry("b", "saw b");
    }

    @Test
    void shouldReplaceOneWorkerForABatchThatHangs() {
        // Given
        detector.hangs = true;
        var found = lookAll(SHORT, "a", "b");
        assertThat(found).containsEntry("a", "TIMED_OUT").containsEntry("b", "TIMED_OUT");
        assertThat(pool.stuck()).isEqualTo(2);

        // When: another camera comes, and then the batch ends
        var well = look(new BatchDetector(), "c", LONG).join();
        detector.hanging.countDown();
        await().until(() -> pool.stuck() == 0);

        // Then
        assertThat(well).isEqualTo("saw c");
        assertThat(look(detector, "a", LONG).join()).isEqualTo("saw a");
    }

    @Test
    void shouldAnswerEachOfManyRequestsForItself() throws Exception {
        // Given: two workers, and sixteen cameras, of which one has bad frames only
        detector.bad = "camera-7";
        var answers = new ConcurrentHashMap<String, Set<String>>();
        try (var many = new InferencePool(2, InferenceListener.NONE)) {
            // When
            var all = IntStream.range(0, 16)
                    .mapToObj(i -> "camera-" + i)
                    .map(camera -> CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 200; i++) {
                                    answers.computeIfAbsent(camera, key -> ConcurrentHashMap.newKeySet())
                                            .add(answer(
                                                    many,
                                                    new Asked(camera, LONG),
                                                    frame -> new Look(camera, detector, frame)));
                                }
                            },
                            callers))
                    .toList();
            all.forEach(CompletableFuture::join);
        }
        // Then
        assertThat(answers).hasSize(16).allSatisfy((camera, told) -> assertThat(told)
                .containsExactly(camera.equals("camera-7") ? "FAILED" : "saw " + camera));
        assertThat(detector.calls).anyMatch(call -> call.contains("+"));
    }

    @Test
    void shouldTrustADetectorWhoseBatchesFailAgainAfterAWhile() {
        var trust = new BatchTrust();

        for (int i = 0; i < BatchTrust.FAILURES_IN_A_ROW; i++) {
            assertThat(trust.allows(detector)).isTrue();
            trust.failed(detector);
        }

        for (int i = 0; i < BatchTrust.TURNS_ALONE; i++) {
            assertThat(trust.allows(detector)).as("turn " + i).isFalse();
        }
        assertThat(trust.allows(detector)).isTrue();
        trust.worked(detector);
        trust.failed(detector);
        assertThat(trust.allows(detector)).isTrue();
    }

    @Test
    void shouldNeverTrustADetectorAgainWhoseBatchHung() {
        var trust = new BatchTrust();

        trust.late(detector);
        trust.worked(detector);

        for (int i = 0; i < 2 * BatchTrust.TURNS_ALONE; i++) {
            assertThat(trust.allows(detector)).isFalse();
        }
    }

    private Map<String, String> lookAll(Duration deadline, String... cameras) {
        var busy = busy();
        var waiting = new TreeMap<String, CompletableFuture<String>>();
        for (String camera : cameras) {
            waiting.put(camera, look(detector, camera, deadline));
        }
        release.countDown();
        var found = new TreeMap<String, String>();
        waiting.forEach((camera, answer) -> found.put(camera, answer.join()));
        busy.join();
        return found;
    }

    private CompletableFuture<Void> busy() {
        var answer = CompletableFuture.runAsync(
                () -> {
                    try (var frame = Frames.grey(frames, "busy", 8, 8)) {
                        pool.detect(new Look("busy", new Gate(), frame), LONG);
                    } catch (DetectionException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                callers);
        await().until(() -> frames.leased() == 1 && pool.waiting() == 0);
        return answer;
    }

    private CompletableFuture<String> look(Detector by, String camera, Duration deadline) {
        return ask(camera, frame -> new Look(camera, by, frame), deadline);
    }

    private CompletableFuture<String> lookAtPart(String camera) {
        var part = List.of(new BoundingBox(0, 0, 4, 4));
        return ask(camera, frame -> new Look(camera, detector, frame, part), LONG);
    }

    private interface Asking {
        Look at(Frame frame);
    }

    private CompletableFuture<String> ask(String camera, Asking asking, Duration deadline) {
        int before = pool.waiting();
        var answer = CompletableFuture.supplyAsync(() -> answer(pool, new Asked(camera, deadline), asking), callers);
        await().until(() -> pool.waiting() == before + 1 || release.getCount() == 0);
        return answer;
    }

    private record Asked(String camera, Duration deadline) {}

    /** What was seen, or why nothing was. */
    private String answer(InferencePool by, Asked asked, Asking asking) {
        try (var frame = Frames.grey(frames, asked.camera(), 8, 8)) {
            return by.detect(asking.at(frame), asked.deadline()).get(0).label();
        } catch (DetectionException e) {
            return e.reason().name();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says whom it saw; writes down what it was asked for. */
    private static class BatchDetector implements Detector {
        final List<String> calls = new CopyOnWriteArrayList<>();
        final CountDownLatch hanging = new CountDownLatch(1);

        @Nullable
        String bad;

        boolean forgetful;
        boolean hangs;

        @Override
        public DetectorInfo info() {
            return new DetectorInfo("test", "test", "", List.of("person"));
        }

        @Override
        public int batchSize() {
            return 4;
        }

        @Override
        public List<SeenObject> detect(Frame frame) throws DetectionException {
            calls.add(frame.cameraId());
            return saw(frame);
        }

        @Override
        public List<List<SeenObject>> detectAll(List<Frame> all) throws DetectionException {
            calls.add(String.join("+", all.stream().map(Frame::cameraId).toList()));
            if (hangs) {
                waitFor(hanging);
            }
            var found = new ArrayList<List<SeenObject>>();
            for (Frame frame : all) {
                found.add(saw(frame));
            }
            return forgetful ? found.subList(1, found.size()) : found;
        }

        private List<SeenObject> saw(Frame frame) throws DetectionException {
            if (frame.cameraId().equals(bad)) {
                throw new DetectionException("a bad frame");
            }
            return List.of(new SeenObject("saw " + frame.cameraId(), 1, new BoundingBox(0, 0, 1, 1)));
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }

    /** Keeps the worker until it is told to go on. */
    private final class Gate extends BatchDetector {
        @Override
        public int batchSize() {
            return 1;
        }

        @Override
        public List<SeenObject> detect(Frame frame) {
            waitFor(release);
            return List.of();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        boolean waiting = true;
        while (waiting) {
            try {
                latch.await();
                waiting = false;
            } catch (InterruptedException ignored) {
                // a native call hears no interrupt either
            }
        }
    }
}
