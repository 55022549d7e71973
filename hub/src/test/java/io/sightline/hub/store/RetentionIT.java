package io.sightline.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.counts.CountFilter;
import io.sightline.hub.settings.RetentionSettings;
import io.sightline.hub.status.IntegrationState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionIT {
    private static final RetentionSettings.Clips CLIPS =
            new RetentionSettings.Clips(Duration.ofDays(30), 1 << 30, Duration.ofDays(1));
    private static final RetentionSettings WIDE =
            new RetentionSettings(Duration.ofDays(30), 1 << 30, 10, Duration.ofDays(400), CLIPS);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock(Stores.NOON);
    private Stores stores;
    private SnapshotFiles snapshots;
    private Retention retention;

    @BeforeEach
    void open() {
        stores = new Stores(folder, Stores.h2(), clock);
        snapshots = new SnapshotFiles(folder.resolve("snapshots"), clock);
        retention = new Retention(stores.database, snapshots, stores.integrations, new RetentionLimits(WIDE, clock));
        retention.measure(path -> 50);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldRemoveWhatIsTooOld() throws IOException {
        // Given
        stores.write(Stores.event(1, "1", "started", 0.5));
        String old = snapshots.write(new byte[] {1});
        clock.now = clock.now.plus(Duration.ofDays(20));
        String fresh = snapshots.write(new byte[] {2});
        // When
        clock.now = clock.now.plus(Duration.ofDays(11));
        retention.sweep();
        // Then
        assertThat(snapshots.read(old)).isEmpty();
        assertThat(snapshots.read(fresh)).isPresent();
        assertThat(stores.store.countDetections()).isZero();
        assertThat(stores.store.countEvents()).isZero();
        assertThat(retention.removedRows()).isEqualTo(2);
        assertThat(retention.removedSnapshots()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheHistoryOfCountsLongerThanEvents() {
        // Given
        var told = new ToldEvents();
        stores.write(told.detection("started", "d1", "person", clock.now));
        stores.write(told.detection("ended", "d1", "person", clock.now));
        stores.write(told.detection("started", "d2", "bicycle", clock.now));
        // When
        clock.now = clock.now.plus(Duration.ofDays(399));
        retention.sweep();
        long events = stores.store.countEvents();
        long hours = hours();
        clock.now = clock.now.plus(Duration.ofDays(2));
        retention.sweep();
        // Then: who is there is still counted
        assertThat(events).isZero();
        assertThat(hours).isEqualTo(2);
        assertThat(hours()).isZero();
        assertThat(stores.counts.now(CountFilter.ALL)).singleElement().satisfies(count -> assertThat(count.current())
                .isEqualTo(1));
    }

    private long hours() {
        return stores.database
                .jdbc()
                .sql("SELECT COUNT(*) FROM count_hours")
                .query(Long.class)
                .single();
    }

    @Test
    void shouldKeepSnapshotsWithinTheirSize() throws IOException {
        // Given
        retention.apply(new RetentionSettings(Duration.ofDays(30), 1000, 10, Duration.ofDays(400), CLIPS));
        for (byte i = 0; i < 11; i++) {
            var picture = new byte[100];
            picture[0] = i;
            snapshots.write(picture);
            clock.now = clock.now.plusSeconds(1);
        }
        // When
        retention.sweep();
        // Then
        assertThat(retention.removedSnapshots()).isEqualTo(2);
    }

    @Test
    void shouldShedSnapshotsAndSaySoWhenTheDiskIsShort() throws IOException {
        // Given
        String hash = snapshots.write(new byte[] {1});
        stores.write(Stores.event(1, "1", "started", 0.5));
        retention.measure(path -> 4);
        // When
        retention.sweep();
        // Then
        assertThat(snapshots.read(hash)).isEmpty();
        assertThat(stores.store.countEvents()).isEqualTo(1);
        assertThat(stores.integrations.find("store", "store").orElseThrow()).satisfies(store -> {
            assertThat(store.state()).isEqualTo(IntegrationState.DEGRADED);
            assertThat(store.reason()).contains("4 %", "removed 1 snapshots");
        });
        // When
        retention.measure(path -> 50);
        retention.sweep();
        // Then
        assertThat(stores.integrations.find("store", "store").orElseThrow().state())
                .isEqualTo(IntegrationState.ONLINE);
    }
}
