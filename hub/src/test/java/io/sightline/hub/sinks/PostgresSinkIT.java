package io.sightline.hub.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.status.IntegrationState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The statement of docs/sinks.md on a real PostgreSQL: SIGHTLINE_TEST_POSTGRES_URL, _USER and _PASSWORD say where. */
@EnabledIfEnvironmentVariable(
        named = "SIGHTLINE_TEST_POSTGRES_URL",
        matches = "jdbc:postgresql:.+",
        disabledReason = "no PostgreSQL given: set SIGHTLINE_TEST_POSTGRES_URL to its JDBC address")
class PostgresSinkIT {
    private static final String TABLE = "sink_events";

    @TempDir
    Path folder;

    @Test
    void shouldHoldEventsUntilTheTableIsThereAndWriteEachOnce() throws Exception {
        // Given
        String url = System.getenv("SIGHTLINE_TEST_POSTGRES_URL");
        String user = System.getenv("SIGHTLINE_TEST_POSTGRES_USER");
        String password = System.getenv("SIGHTLINE_TEST_POSTGRES_PASSWORD");
        try (Connection database = DriverManager.getConnection(url, user, password);
                SinkRig rig = new SinkRig(folder)) {
            run(database, "drop table if exists " + TABLE);
            rig.start("""
                    reporting:
                      uri: >-
                        sql:insert into %s (id, camera, happened, event)
                        values (:#id, :#subject, cast(:#time as timestamptz), cast(:#event as jsonb)) on conflict (id) do nothing
                      server: "%s"
                      username: %s
                      password: %s
                      guarantee: effectively-once
                      retry: { first: 10ms, longest: 50ms, attempts: 2 }
                    """.formatted(TABLE, url, user, password));
            String event = rig.send("gate", Map.of("a", 1));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(rig.state("reporting").state()).isEqualTo(IntegrationState.OFFLINE));
            // When
            run(
                    database,
                    "create table " + TABLE
                            + " (id varchar(64) primary key, camera varchar(63), happened timestamptz, event jsonb)");
            rig.rig.send("sightline.detections.gate", event);
            rig.send("yard", Map.of("a", 2));
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> rig.rig.spine.waiting("reporting") == 0);
            assertThat(count(database)).isEqualTo(2);
            assertThat(rig.rig.deadLetters.count()).isZero();
            run(database, "drop table " + TABLE);
        }
    }

    private static void run(Connection database, String statement) throws SQLException {
        try (var sql = database.createStatement()) {
            sql.execute(statement);
        }
    }

    private static int count(Connection database) throws SQLException {
        try (var sql = database.createStatement();
                var rows = sql.executeQuery("select count(*) from " + TABLE)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
