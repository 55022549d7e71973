package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sightline.hub.http.HandlerErrors;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PictureThreadsTest {
    @Test
    void shouldRefuseWithAProblemWhoFindsNoPlace() throws Exception {
        var gate = new CountDownLatch(1);
        try (var threads = new PictureThreads()) {
            // Given
            for (int i = 0; i < PictureThreads.THREADS + PictureThreads.PLACES; i++) {
                threads.executor().submit(() -> {
                    gate.await();
                    return null;
                });
            }
            // When
            Throwable refusal = catchThrowable(() -> threads.executor().submit(() -> null));
            gate.countDown();
            // Then
            assertThat(HandlerErrors.problem(refusal).status()).isEqualTo(503);
        }
    }
}
