package io.sightline.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.settings.StoreSettings;
import io.sightline.hub.spine.Failures;
import io.sightline.hub.status.IntegrationState;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

class AbsentPostgresIT {
    @TempDir
    Path folder;

    @Test
    void shouldRunOnWithoutItsDatabase() throws IOException {
        // Given
        int nobody;
        try (var closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        var settings = new StoreSettings(
                Optional.of("jdbc:postgresql://127.0.0.1:" + nobody + "/hub"), Optional.of("hub"), Optional.of("pw"));
        try (var stores = new Stores(folder, settings, Clock.systemUTC())) {
            // When
            await().until(() -> stores.integrations.find("store", "store").isPresent());
            // Then
            assertThat(stores.integrations.find("store", "store").orElseThrow().state())
                    .isEqualTo(IntegrationState.OFFLINE);
            assertThatThrownBy(() -> stores.write(Stores.event(1, "1", "started", 0.5)))
                    .isInstanceOf(DataAccessResourceFailureException.class)
                    .satisfies(failure -> assertThat(Failures.isOutage(failure)).isTrue());
        }
    }
}
