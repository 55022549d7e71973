package io.sightline.hub.counts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the series and their hours; to be used within one transaction. */
final class CountTables {
    private static final String KEY = "camera_id = ? AND kind = ? AND name = ? AND label = ?";

    private final JdbcClient jdbc;

    CountTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locked until the end of the transaction, so that a reset comes before or after. */
    Optional<Tally> tally(CountSeries series) {
        return jdbc.sql("SELECT present, went_in, went_out, reset, changed FROM counts WHERE " + KEY + " FOR UPDATE")
                .params(key(series))
                .query((row, number) -> tally(row, 1))
                .optional();
    }

    static Tally tally(ResultSet row, int from) throws SQLException {
        return new Tally(
                row.getInt(from),
                row.getLong(from + 1),
                row.getLong(from + 2),
                Optional.ofNullable(row.getObject(from + 3, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getObject(from + 4, OffsetDateTime.class).toInstant());
    }

    static Hour hour(ResultSet row, int from) throws SQLException {
        return new Hour(
                row.getObject(from, OffsetDateTime.class).toInstant(),
                row.getLong(from + 1),
                row.getLong(from + 2),
                row.getInt(from + 3),
                row.getDouble(from + 4));
    }

    void insert(CountSeries series, Tally tally) {
        write(
                "INSERT INTO counts (present, went_in, went_out, reset, changed, camera_id, kind, name, label)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                series,
                tally);
    }

    void update(CountSeries series, Tally tally) {
        write(
                "UPDATE counts SET present = ?, went_in = ?, went_out = ?, reset = ?, changed = ? WHERE " + KEY,
                series,
                tally);
    }

    private void write(String sql, CountSeries series, Tally tally) {
        var values = new ArrayList<Object>();
        values.add(tally.present());
        values.add(tally.in());
        values.add(tally.out());
        values.add(tally.reset().map(CountTables::column).orElse(null));
        values.add(column(tally.changed()));
        values.addAll(key(series));
        jdbc.sql(sql).params(values).update();
    }

    void add(CountSeries series, Hour hour) {
        var values = new ArrayList<Object>(List.of(hour.in(), hour.out(), hour.peak(), hour.occupied()));
        values.add(column(hour.start()));
        values.addAll(key(series));
        int known = jdbc.sql("UPDATE count_hours SET went_in = went_in + ?, went_out = went_out + ?,"
                        + " peak = GREATEST(peak, ?), occupied = occupied + ? WHERE start_time = ? AND " + KEY)
                .params(values)
                .update();
        if (known == 0) {
            jdbc.sql("INSERT INTO count_hours (went_in, went_out, peak, occupied, start_time, camera_id, kind, name,"
                            + " label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(values)
                    .update();
        }
    }

    static OffsetDateTime column(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static CountSeries series(ResultSet row, int from) throws SQLException {
        return new CountSeries(
                row.getString(from),
                CountKind.of(row.getString(from + 1)),
                row.getString(from + 2),
                row.getString(from + 3));
    }

    private static List<Object> key(CountSeries series) {
        return List.of(series.camera(), series.kind().word(), series.name(), series.label());
    }
}
