package io.sightline.hub.counts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads and resets counts. Any thread; each call may take a database's time.
 *
 * <p>While the database is away every method throws {@link org.springframework.dao.DataAccessException}.
 */
public final class CountStore {
    /** Most rows that one history is made of. */
    public static final int MOST = 50_000;

    private static final double MILLIS = 1000;
    private static final Comparator<CountSeries> ORDER = Comparator.comparing(CountSeries::camera)
            .thenComparing(CountSeries::kind)
            .thenComparing(CountSeries::name)
            .thenComparing(CountSeries::label);

    private final Supplier<JdbcClient> jdbc;
    private final DailyReset daily;
    private final Clock clock;

    /** @param jdbc asked at each call; throws while the database is away */
    public CountStore(Supplier<JdbcClient> jdbc, DailyReset daily, Clock clock) {
        this.jdbc = jdbc;
        this.daily = daily;
        this.clock = clock;
    }

    /** One series as it is stored. */
    private record Row(CountSeries series, Tally tally) {}

    /** How the series stand, by camera, kind, name and label. A series is there once something was counted in it. */
    public List<CountNow> now(CountFilter filter) {
        Optional<Instant> reset = daily.before(clock.instant());
        return rows(filter).stream()
                .sorted(Comparator.comparing(Row::series, ORDER))
                .map(row -> now(row.series(), row.tally().since(reset)))
                .toList();
    }

    private static CountNow now(CountSeries series, Tally tally) {
        long current = series.kind() == CountKind.LINE ? Math.max(0, tally.in() - tally.out()) : tally.present();
        return new CountNow(series, current, tally.in(), tally.out(), tally.reset());
    }

    /**
     * Lets totals begin anew; who is there stays.
     *
     * @param at no later than now
     * @return how many series fit
     */
    public int reset(CountFilter filter, Instant at) {
        var values = new ArrayList<Object>();
        values.add(CountTables.column(at));
        values.addAll(filter.values());
        return jdbc.get()
                .sql("UPDATE counts SET went_in = 0, went_out = 0, reset = ? WHERE 1 = 1" + filter.conditions())
                .params(values)
                .update();
    }

    /**
     * What happened, by time and series; only buckets in which something happened or somebody was there.
     *
     * @return empty where it would be of more than {@value #MOST} hours
     */
    public Optional<List<CountPeriod>> history(HistoryQuery query) {
        Instant first = query.bucket().startOf(query.from(), query.zone());
        var values = new ArrayList<Object>();
        values.add(CountTables.column(first));
        values.add(CountTables.column(query.to()));
        values.addAll(query.filter().values());
        var periods = new Periods(query, first);
        int[] read = {0};
        jdbc.get()
                .sql("SELECT camera_id, kind, name, label, start_time, went_in, went_out, peak, occupied FROM"
                        + " count_hours WHERE start_time >= ? AND start_time < ?"
                        + query.filter().conditions() + " LIMIT " + (MOST + 1))
                .params(values)
                .query(row -> {
                    read[0]++;
                    periods.add(CountTables.series(row, 1), CountTables.hour(row, 5));
                });
        if (read[0] > MOST) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        rows(query.filter())
                .forEach(row -> Hour.of(row.tally().present(), row.tally().changed(), now)
                        .forEach(hour -> periods.add(row.series(), hour)));
        return Optional.of(periods.list(now));
    }

    private List<Row> rows(CountFilter filter) {
        return jdbc.get()
                .sql("SELECT camera_id, kind, name, label, present, went_in, went_out, reset, changed FROM counts"
                        + " WHERE 1 = 1" + filter.conditions())
                .params(filter.values())
                .query((row, number) -> new Row(CountTables.series(row, 1), CountTables.tally(row, 5)))
                .list();
    }

    /** Puts hours together as buckets. */
    private static final class Periods {
        private final HistoryQuery query;
        private final Instant first;
        private final TreeMap<Key, Hour> buckets =
                new TreeMap<>(Comparator.comparing(Key::start).thenComparing(Key::series, ORDER));

        Periods(HistoryQuery query, Instant first) {
            this.query = query;
            this.first = first;
        }

        private record Key(Instant start, CountSeries series) {}

        void add(CountSeries series, Hour hour) {
            Instant start = query.bucket().startOf(hour.start(), query.zone());
            if (!start.isBefore(first) && start.isBefore(query.to())) {
                var whole = new Hour(start, hour.in(), hour.out(), hour.peak(), hour.occupied());
                buckets.merge(new Key(start, series), whole, Hour::plus);
            }
        }

        List<CountPeriod> list(Instant now) {
            return buckets.entrySet().stream()
                    .map(one -> period(one.getKey().series(), one.getValue(), now))
                    .toList();
        }

        private CountPeriod period(CountSeries series, Hour sum, Instant now) {
            Instant end = query.bucket().after(sum.start(), query.zone());
            Duration past = Duration.between(sum.start(), now.isBefore(end) ? now : end);
            double average = past.toMillis() <= 0 ? 0 : sum.occupied() / (past.toMillis() / MILLIS);
            return new CountPeriod(sum.start(), series, sum.in(), sum.out(), sum.peak(), average);
        }
    }
}
