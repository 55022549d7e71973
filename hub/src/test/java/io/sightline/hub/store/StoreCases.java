package io.sightline.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.hub.settings.StoreSettings;
import io.sightline.hub.spine.UnreadableEventException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every database has to do. */
abstract class StoreCases {
    @TempDir
    Path folder;

    private Stores stores;

    abstract StoreSettings settings();

    void empty(Stores fresh) {}

    @BeforeEach
    void open() {
        stores = new Stores(folder, settings(), Clock.systemUTC());
        empty(stores);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldKeepTheNewestStateOfADetection() {
        // When
        stores.write(Stores.event(1, "10", "started", 0.5));
        stores.write(Stores.event(2, "10", "updated", 0.7));
        stores.write(Stores.event(3, "10", "ended", 0.9));
        // Then
        StoredDetection found = stores.store.find("10").orElseThrow();
        assertThat(found.confidence()).isEqualTo(0.9);
        assertThat(found.camera()).isEqualTo("gate");
        assertThat(found.started()).isEqualTo(Stores.NOON.plusSeconds(10));
        assertThat(found.ended()).contains(Stores.NOON.plusSeconds(19));
        assertThat(found.snapshot()).contains("ab");
        assertThat(found.data().path("zones").get(0).asText()).isEqualTo("crossing");
        assertThat(stores.store.countDetections()).isEqualTo(1);
        assertThat(stores.store.countEvents()).isEqualTo(3);
    }

    @Test
    void shouldIgnoreWhatItHasAndWhatIsOlder() {
        // Given
        stores.write(Stores.event(1, "10", "started", 0.5));
        stores.write(Stores.event(3, "10", "ended", 0.9));
        // When
        stores.write(Stores.event(3, "10", "ended", 0.9));
        stores.write(Stores.event(2, "10", "updated", 0.7));
        // Then
        assertThat(stores.store.find("10").orElseThrow().confidence()).isEqualTo(0.9);
        assertThat(stores.store.countEvents()).isEqualTo(3);
        assertThat(stores.step.repeated()).isEqualTo(1);
    }

    @Test
    void shouldPageByNumberAndByCursor() {
        // Given
        for (int i = 1; i <= 25; i++) {
            stores.write(Stores.event(i % 2 == 0 ? "gate" : "door", i, Integer.toString(i), "started", i / 100.0));
        }
        // When
        DetectionPage first = stores.store.page(query(1, 10, Optional.empty()));
        DetectionPage second = stores.store.page(query(2, 10, Optional.empty()));
        DetectionPage after = stores.store.page(query(1, 10, first.nextCursor()));
        DetectionPage last = stores.store.page(query(1, 10, after.nextCursor()));
        // Then
        assertThat(first.total()).isEqualTo(25);
        assertThat(ids(first)).startsWith("25", "24").hasSize(10);
        assertThat(ids(after)).isEqualTo(ids(second));
        assertThat(ids(last)).containsExactly("5", "4", "3", "2", "1");
        assertThat(last.nextCursor()).isEmpty();
    }

    @Test
    void shouldFilter() {
        // Given
        for (int i = 1; i <= 10; i++) {
            stores.write(Stores.event(i % 2 == 0 ? "gate" : "door", i, Integer.toString(i), "started", i / 10.0));
        }
        // When
        DetectionPage found = stores.store.page(new DetectionQuery(
                Optional.of("gate"),
                Optional.of(Stores.NOON.plusSeconds(4)),
                Optional.of(Stores.NOON.plusSeconds(10)),
                Optional.of(0.6),
                1,
                10,
                Optional.empty()));
        // Then
        assertThat(ids(found)).containsExactly("8", "6");
        assertThat(found.total()).isEqualTo(2);
    }

    @Test
    void shouldRefuseACursorOfSomebodyElse() {
        assertThatThrownBy(() -> stores.store.page(query(1, 10, Optional.of("bm90IG91cnM"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldGoOnAfterAnEvent() {
        // Given
        for (int i = 1; i <= 5; i++) {
            stores.write(Stores.event(i, Integer.toString(i), "started", 0.5));
        }
        // When
        EventsPage page = stores.store.eventsAfter("e-gate-2", 2);
        EventsPage unknown = stores.store.eventsAfter("gone", 1);
        // Then
        assertThat(page.events()).extracting(StoredEvent::id).containsExactly("e-gate-3", "e-gate-4");
        assertThat(page.gap()).isFalse();
        assertThat(page.events().get(0).body()).asString().contains("\"id\":\"e-gate-3\"");
        assertThat(unknown.gap()).isTrue();
        assertThat(unknown.events()).extracting(StoredEvent::id).containsExactly("e-gate-1");
        assertThat(stores.store.newestEvent()).contains("e-gate-5");
    }

    @Test
    void shouldTellListenersOnceAndInOrder() {
        // Given
        List<String> told = new ArrayList<>();
        stores.step.listen(event -> told.add(event.id()));
        // When
        stores.write(Stores.event(1, "10", "started", 0.5));
        stores.write(Stores.event(1, "10", "started", 0.5));
        stores.write(Stores.event(2, "10", "ended", 0.5));
        // Then
        assertThat(told).containsExactly("e-gate-1", "e-gate-2");
    }

    @Test
    void shouldEndWhatWasOpenBeforeTheRestartOnce() {
        // Given
        stores.write(Stores.event(1, "1", "started", 0.5));
        stores.write(Stores.event(2, "1", "ended", 0.5));
        stores.write(Stores.event(3, "2", "started", 0.5));
        stores.write(Stores.marker(1));
        assertThat(stores.ended).isEmpty();
        // When
        stores.write(Stores.marker(2));
        stores.write(Stores.marker(2));
        // Then
        assertThat(stores.ended).extracting(StoredDetection::id).containsExactly("2");
    }

    @Test
    void shouldRefuseWhatIsNoEvent() {
        assertThatThrownBy(() -> stores.write("not JSON")).isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> stores.write("{}"))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("'id'");
        assertThatThrownBy(() -> stores.write(UUID.randomUUID().toString().repeat(100)))
                .isInstanceOf(UnreadableEventException.class);
    }

    private static DetectionQuery query(int page, int size, Optional<String> cursor) {
        return new DetectionQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), page, size, cursor);
    }

    private static List<String> ids(DetectionPage page) {
        return page.detections().stream().map(StoredDetection::id).toList();
    }
}
