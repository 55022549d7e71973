package io.sightline.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.Child;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCrashIT {
    @TempDir
    Path folder;

    @Test
    void shouldHaveEveryCommittedRowAfterACrash() throws Exception {
        // Given
        long committed = Child.run(DyingStore.class, folder).stream()
                .filter(line -> line.startsWith("stored "))
                .count();
        // When
        try (var stores = new Stores(folder, Stores.h2(), Clock.systemUTC())) {
            // Then
            assertThat(committed).isEqualTo(100);
            assertThat(stores.store.countEvents()).isEqualTo(100);
            assertThat(stores.store.countDetections()).isEqualTo(100);
        }
    }
}
