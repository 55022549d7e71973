package io.sightline.hub.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.status.IntegrationState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlSinkIT {
    private static final String SINK = """
            erp:
              uri: "sql:merge into events (id, camera, event, note) key (id) values (:#id, :#subject, :#event, :#data)"
              server: "%s"
              username: hub
              password: hubpass
              guarantee: effectively-once
              retry: { first: 10ms, longest: 50ms, attempts: 2 }
            """;

    @TempDir
    Path folder;

    private String url;
    private Connection database;
    private SinkRig rig;

    @BeforeEach
    void start() throws Exception {
        url = "jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1";
        database = DriverManager.getConnection(url, "hub", "hubpass");
        rig = new SinkRig(folder);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        database.close();
    }

    @Test
    void shouldWriteEachEventOnceByItsId() throws Exception {
        // Given
        run("create table events (id varchar(64) primary key, camera varchar(63), event varchar, note varchar(40))");
        rig.start(SINK.formatted(url));
        // When
        String event = rig.send("gate", Map.of("a", 1));
        rig.rig.send("sightline.detections.gate", event);
        rig.send("yard", Map.of("a", 2));
        // Then
        await().until(() -> count() == 2);
        await().until(() -> rig.rig.spine.waiting("erp") == 0);
        try (var rows = database.createStatement().executeQuery("select * from events where camera = 'gate'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("event")).isEqualTo(event);
            assertThat(rows.getString("note")).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void shouldHoldEventsUntilTheTableIsThereAndRejectWhatDoesNotFit() throws Exception {
        // Given
        rig.start(SINK.formatted(url));
        rig.send("gate", Map.of("a", 1));
        await().untilAsserted(() -> assertThat(rig.state("erp").state()).isEqualTo(IntegrationState.OFFLINE));
        // When
        run("create table events (id varchar(64) primary key, camera varchar(63), event varchar, note varchar(40))");
        String large = rig.send("gate", Map.of("text", "x".repeat(100)));
        rig.send("gate", Map.of("a", 2));
        // Then
        await().until(() -> count() == 2);
        await().untilAsserted(() -> assertThat(rig.rig.deadLetters.list(5))
                .singleElement()
                .satisfies(letter -> assertThat(new String(letter.event())).isEqualTo(large)));
    }

    private void run(String statement) throws SQLException {
        try (var sql = database.createStatement()) {
            sql.execute(statement);
        }
    }

    private int count() throws SQLException {
        try (var rows = database.createStatement().executeQuery("select count(*) from events")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
