package io.sightline.hub.counts;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is where; to be used within one transaction. */
final class Presences {
    private final JdbcClient jdbc;

    Presences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One detection at one place.
     *
     * @param series where, and as what it was counted
     * @param here whether it is there now
     * @param sequence of the event that said so
     */
    record Presence(CountSeries series, boolean here, String sequence) {}

    Optional<Presence> find(String detection, CountSeries at) {
        return jdbc.sql("SELECT camera_id, kind, name, label, present, seq FROM presences"
                        + " WHERE detection_id = ? AND kind = ? AND name = ?")
                .params(detection, at.kind().word(), at.name())
                .query((row, number) -> new Presence(CountTables.series(row, 1), row.getBoolean(5), row.getString(6)))
                .optional();
    }

    List<Presence> of(String detection) {
        return jdbc.sql("SELECT camera_id, kind, name, label, present, seq FROM presences WHERE detection_id = ?"
                        + " ORDER BY kind, name")
                .params(detection)
                .query((row, number) -> new Presence(CountTables.series(row, 1), row.getBoolean(5), row.getString(6)))
                .list();
    }

    void put(String detection, Presence presence) {
        CountSeries series = presence.series();
        var values = List.of(
                series.camera(),
                series.label(),
                presence.here(),
                presence.sequence(),
                detection,
                series.kind().word(),
                series.name());
        int known = jdbc.sql("UPDATE presences SET camera_id = ?, label = ?, present = ?, seq = ?"
                        + " WHERE detection_id = ? AND kind = ? AND name = ?")
                .params(values)
                .update();
        if (known == 0) {
            jdbc.sql("INSERT INTO presences (camera_id, label, present, seq, detection_id, kind, name)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .params(values)
                    .update();
        }
    }

    void remove(String detection) {
        jdbc.sql("DELETE FROM presences WHERE detection_id = ?")
                .param(detection)
                .update();
    }

    /** Detections that are somewhere since before a sequence, though nothing else is known of them. */
    List<String> orphaned(String before) {
        return jdbc.sql("SELECT DISTINCT detection_id FROM presences p WHERE seq < ? AND NOT EXISTS"
                        + " (SELECT 1 FROM detections d WHERE d.id = p.detection_id)")
                .param(before)
                .query(String.class)
                .list();
    }

    /** Whether all that there will be was told of a detection. */
    boolean ended(String detection) {
        return jdbc.sql("SELECT 1 FROM detections WHERE id = ? AND ended IS NOT NULL")
                .param(detection)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** What an open detection is by its newest event. */
    Optional<String> label(String detection) {
        return jdbc.sql("SELECT label FROM detections WHERE id = ? AND ended IS NULL")
                .param(detection)
                .query(String.class)
                .optional();
    }
}
