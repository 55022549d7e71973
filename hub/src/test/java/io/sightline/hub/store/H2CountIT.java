package io.sightline.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.Child;
import io.sightline.hub.counts.CountFilter;
import io.sightline.hub.settings.StoreSettings;
import java.nio.file.Files;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class H2CountIT extends CountCases {
    @Override
    StoreSettings settings() {
        return Stores.h2();
    }

    @Test
    void shouldAgreeWithTheStoredEventsAfterACrash() throws Exception {
        // Given
        var other = Files.createDirectory(folder.resolve("other"));
        Child.run(DyingCounts.class, other);
        // When
        try (var stores = new Stores(other, Stores.h2(), Clock.systemUTC())) {
            // Then
            var events = stores.store.eventsAfter(null, 10_000).events();
            assertThat(events).hasSize(DyingCounts.EVENTS);
            assertThat(stores.counts.now(CountFilter.ALL)).isEqualTo(new RecountedEvents(events).counts());
        }
    }
}
