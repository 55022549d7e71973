package io.sightline.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.sightline.hub.counts.CountFilter;
import io.sightline.hub.counts.CountKind;
import io.sightline.hub.counts.CountNow;
import io.sightline.hub.counts.CountPeriod;
import io.sightline.hub.counts.CountSeries;
import io.sightline.hub.counts.HistoryQuery;
import io.sightline.hub.settings.CountingSettings;
import io.sightline.hub.settings.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How every database has to count. */
abstract class CountCases {
    private static final Instant NOON = Stores.NOON;

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock(NOON);
    private final ToldEvents told = new ToldEvents();
    private Stores stores;

    abstract StoreSettings settings();

    void empty(Stores fresh) {}

    @BeforeEach
    void open() {
        stores = new Stores(folder, settings(), clock);
        empty(stores);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldCountAWalkThroughTheScene() {
        // When
        write(told.detection("started", "d1", "person", NOON));
        write(told.zone("entered", "d1", "person", NOON.plusSeconds(1)));
        write(told.crossed("d1", "a-to-b", NOON.plusSeconds(2)));
        List<CountNow> inside = now();
        write(told.zone("left", "d1", "person", NOON.plusSeconds(3)));
        write(told.detection("ended", "d1", "person", NOON.plusSeconds(4)));
        // Then
        assertThat(inside)
                .containsExactly(
                        count(CountKind.CAMERA, "gate", 1, 1, 0),
                        count(CountKind.ZONE, "crossing", 1, 1, 0),
                        count(CountKind.LINE, "kerb", 1, 1, 0));
        assertThat(now())
                .containsExactly(
                        count(CountKind.CAMERA, "gate", 0, 1, 1),
                        count(CountKind.ZONE, "crossing", 0, 1, 1),
                        count(CountKind.LINE, "kerb", 1, 1, 0));
        assertThat(rows("presences")).isZero();
    }

    @Test
    void shouldCountAnEventOnceHoweverOftenItComes() {
        // Given
        String started = told.detection("started", "d1", "person", NOON);
        String entered = told.zone("entered", "d1", "person", NOON);
        String crossed = told.crossed("d1", "b-to-a", NOON);
        // When
        for (int i = 0; i < 3; i++) {
            write(started);
            write(entered);
            write(crossed);
        }
        // Then
        assertThat(now())
                .containsExactly(
                        count(CountKind.CAMERA, "gate", 1, 1, 0),
                        count(CountKind.ZONE, "crossing", 1, 1, 0),
                        count(CountKind.LINE, "kerb", 0, 0, 1));
    }

    @Test
    void shouldBringWhoWasThereAtACrashToNobody() {
        // Given
        write(told.detection("started", "d1", "person", NOON));
        write(told.zone("entered", "d1", "person", NOON.plusSeconds(10)));
        // When: up again after three days; d1 was seen last at 12:30
        clock.now = NOON.plus(Duration.ofDays(3));
        write(told.restarted("d1", "person", NOON.plusSeconds(1800), clock.now));
        // Then
        assertThat(now())
                .containsExactly(count(CountKind.CAMERA, "gate", 0, 1, 1), count(CountKind.ZONE, "crossing", 0, 1, 1));
        assertThat(hours(CountKind.CAMERA)).singleElement().satisfies(hour -> {
            assertThat(hour.out()).isEqualTo(1);
            assertThat(hour.average()).isCloseTo(0.5, within(1e-6));
        });
    }

    @Test
    void shouldForgetWhoWasThereWhenNobodyCanTellTheEnd() {
        // Given: retention removed the detection while it was open
        write(told.detection("started", "d1", "person", NOON));
        stores.database.jdbc().sql("DELETE FROM detections").update();
        // When
        write(Stores.marker(1));
        List<CountNow> sameStart = now();
        write(Stores.marker(2));
        // Then
        assertThat(sameStart).containsExactly(count(CountKind.CAMERA, "gate", 1, 1, 0));
        assertThat(now()).containsExactly(count(CountKind.CAMERA, "gate", 0, 1, 1));
    }

    @Test
    void shouldCountEventsThatComeLateAsVisitsThatAreOver() {
        // Given
        String entered = told.zone("entered", "d1", "person", NOON);
        String left = told.zone("left", "d1", "person", NOON);
        String again = told.zone("entered", "d1", "person", NOON);
        String started = told.detection("started", "d2", "person", NOON);
        String inZone = told.zone("entered", "d2", "person", NOON);
        String ended = told.detection("ended", "d2", "person", NOON);
        write(told.detection("started", "d1", "person", NOON));
        // When
        List.of(again, left, entered, ended, inZone, started).forEach(this::write);
        // Then
        assertThat(now())
                .containsExactly(count(CountKind.CAMERA, "gate", 1, 2, 1), count(CountKind.ZONE, "crossing", 1, 3, 2));
    }

    @Test
    void shouldMoveWhoTurnsOutToBeSomethingElse() {
        // Given
        write(told.detection("started", "d1", "person", NOON));
        write(told.zone("entered", "d1", "person", NOON));
        // When
        write(told.detection("updated", "d1", "bicycle", NOON));
        // Then
        assertThat(now())
                .extracting(one -> one.series().kind() + " " + one.series().label() + " " + one.current())
                .containsExactly("CAMERA bicycle 1", "CAMERA person 0", "ZONE bicycle 1", "ZONE person 0");
        write(told.zone("left", "d1", "bicycle", NOON));
        write(told.detection("ended", "d1", "bicycle", NOON));
        assertThat(now()).allSatisfy(one -> assertThat(one.current()).isZero());
    }

    @Test
    void shouldResetTotalsAndKeepWhoIsThere() {
        // Given
        write(told.detection("started", "d1", "person", NOON));
        write(told.crossed("d1", "a-to-b", NOON));
        // When
        int reset = stores.counts.reset(CountFilter.ALL, NOON.plusSeconds(5));
        write(told.crossed("d1", "a-to-b", NOON.plusSeconds(4)));
        write(told.crossed("d1", "b-to-a", NOON.plusSeconds(5)));
        // Then: what happened before the reset and is told after it does not count
        assertThat(reset).isEqualTo(2);
        assertThat(now())
                .extracting(CountNow::current, CountNow::in, CountNow::out)
                .containsExactly(tuple(1L, 0L, 0L), tuple(0L, 0L, 1L));
        assertThat(now()).allSatisfy(one -> assertThat(one.reset()).contains(NOON.plusSeconds(5)));
    }

    @Test
    void shouldResetOnlyWhatFits() {
        // Given
        write(told.crossed("d1", "a-to-b", NOON));
        write(told.zone("entered", "d1", "person", NOON));
        // When
        int reset = stores.counts.reset(
                new CountFilter(
                        Optional.of("gate"), Optional.of(CountKind.LINE), Optional.of("kerb"), Optional.empty()),
                NOON);
        // Then
        assertThat(reset).isEqualTo(1);
        assertThat(now()).extracting(CountNow::in).containsExactly(1L, 0L);
    }

    @Test
    void shouldBeginAnewEachDayAtTheLocalTime() {
        // Given: Berlin is an hour ahead, so a day begins at 23:00 UTC
        stores.counting = new CountingSettings(Optional.of(LocalTime.MIDNIGHT), ZoneId.of("Europe/Berlin"));
        Instant midnight = Instant.parse("2026-11-21T23:00:00Z");
        write(told.crossed("d1", "a-to-b", NOON));
        // When
        clock.now = midnight;
        List<CountNow> unread = now();
        write(told.crossed("d1", "a-to-b", midnight.plusSeconds(1)));
        // Then
        assertThat(unread).singleElement().satisfies(one -> {
            assertThat(one.in()).isZero();
            assertThat(one.reset()).contains(midnight);
        });
        assertThat(now()).extracting(CountNow::in).containsExactly(1L);
    }

    @Test
    void shouldKeepAHistoryByHourAndByLocalDay() {
        // Given: two are there from 12:30 to 14:15, one more passes at 23:30, which is the next day in Berlin
        write(told.detection("started", "d1", "person", NOON.plusSeconds(1800)));
        write(told.detection("started", "d2", "person", NOON.plusSeconds(1800)));
        write(told.detection("ended", "d1", "person", NOON.plusSeconds(8100)));
        write(told.detection("ended", "d2", "person", NOON.plusSeconds(8100)));
        Instant late = Instant.parse("2026-11-21T23:30:00Z");
        write(told.detection("started", "d3", "person", late));
        write(told.detection("ended", "d3", "person", late.plusSeconds(36)));
        clock.now = NOON.plus(Duration.ofDays(2));
        // When
        List<CountPeriod> hours = hours(CountKind.CAMERA);
        List<CountPeriod> days = history(HistoryQuery.Bucket.DAY, ZoneId.of("Europe/Berlin"));
        // Then
        assertThat(hours)
                .extracting(one -> one.start() + " " + one.in() + " " + one.out() + " " + one.peak())
                .containsExactly(
                        "2026-11-21T12:00:00Z 2 0 2",
                        "2026-11-21T13:00:00Z 0 0 2",
                        "2026-11-21T14:00:00Z 0 2 2",
                        "2026-11-21T23:00:00Z 1 1 1");
        assertThat(hours).extracting(CountPeriod::average).containsExactly(1.0, 2.0, 0.5, 0.01);
        assertThat(days)
                .extracting(one -> one.start() + " " + one.in() + " " + one.out() + " " + one.peak())
                .containsExactly("2026-11-20T23:00:00Z 2 2 2", "2026-11-21T23:00:00Z 1 1 1");
    }

    @Test
    void shouldCountWhoIsStillThereInTheHistory() {
        // Given
        write(told.detection("started", "d1", "person", NOON));
        // When
        clock.now = NOON.plusSeconds(5400);
        // Then
        assertThat(hours(CountKind.CAMERA)).extracting(CountPeriod::peak).containsExactly(1, 1);
        assertThat(hours(CountKind.CAMERA)).extracting(CountPeriod::average).containsExactly(1.0, 1.0);
    }

    @Test
    void shouldAgreeWithTheStoredEventsWhateverHappens() {
        // Given: walks that overlap, in the order of each source
        var random = new Random(7);
        List<String> sent = told.walks(random, 60);
        // When: some are delivered again, as after a crash
        for (int i = 0; i < sent.size(); i++) {
            write(sent.get(i));
            if (random.nextInt(10) == 0) {
                sent.subList(Math.max(0, i - 5), i + 1).forEach(this::write);
            }
        }
        clock.now = NOON.plus(Duration.ofDays(2));
        // Then
        var expected =
                new RecountedEvents(stores.store.eventsAfter(null, 10_000).events());
        assertThat(now()).isEqualTo(expected.counts());
        assertThat(now()).isNotEmpty().anyMatch(one -> one.in() > 10);
        for (CountKind kind : CountKind.values()) {
            assertThat(hours(kind).stream().mapToLong(CountPeriod::in).sum())
                    .isEqualTo(now().stream()
                            .filter(one -> one.series().kind() == kind)
                            .mapToLong(CountNow::in)
                            .sum());
        }
        assertThat(rows("presences")).isZero();
    }

    @Test
    void shouldStoreEventsThatCannotBeCounted() {
        // Given
        String noZone = told.zone("entered", "d1", "person", NOON).replace("\"zone\":\"crossing\"", "\"other\":1");
        String noLabel = told.zone("entered", "d1", "", NOON);
        // When
        write(noZone);
        write(noLabel);
        // Then
        assertThat(stores.store.countEvents()).isEqualTo(2);
        assertThat(now()).isEmpty();
    }

    private void write(String event) {
        stores.write(event);
    }

    private List<CountNow> now() {
        return stores.counts.now(CountFilter.ALL);
    }

    private List<CountPeriod> hours(CountKind kind) {
        return history(HistoryQuery.Bucket.HOUR, ZoneOffset.UTC).stream()
                .filter(one -> one.series().kind() == kind)
                .toList();
    }

    private List<CountPeriod> history(HistoryQuery.Bucket bucket, ZoneId zone) {
        return stores.counts
                .history(new HistoryQuery(
                        CountFilter.ALL, bucket, NOON.minus(Duration.ofDays(1)), clock.now.plusSeconds(1), zone))
                .orElseThrow();
    }

    private long rows(String table) {
        return stores.database
                .jdbc()
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    private static CountNow count(CountKind kind, String name, long current, long in, long out) {
        return new CountNow(new CountSeries("gate", kind, name, "person"), current, in, out, Optional.empty());
    }
}
