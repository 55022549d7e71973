package io.sightline.hub.store;

import static org.awaitility.Awaitility.await;

import io.sightline.hub.settings.StoreSettings;
import io.sightline.hub.status.IntegrationState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same on a real PostgreSQL: SIGHTLINE_TEST_POSTGRES_URL, _USER and _PASSWORD say where. Its tables are emptied. */
@EnabledIfEnvironmentVariable(
        named = "SIGHTLINE_TEST_POSTGRES_URL",
        matches = "jdbc:postgresql:.+",
        disabledReason = "no PostgreSQL given: set SIGHTLINE_TEST_POSTGRES_URL to its JDBC address")
class PostgresStoreIT extends StoreCases {
    @Override
    StoreSettings settings() {
        return new StoreSettings(
                Optional.of(System.getenv("SIGHTLINE_TEST_POSTGRES_URL")),
                Optional.ofNullable(System.getenv("SIGHTLINE_TEST_POSTGRES_USER")),
                Optional.ofNullable(System.getenv("SIGHTLINE_TEST_POSTGRES_PASSWORD")));
    }

    @Override
    void empty(Stores fresh) {
        await().until(() -> fresh.integrations
                .find("store", "store")
                .filter(store -> store.state() == IntegrationState.ONLINE)
                .isPresent());
        for (String table : List.of("events", "detections", "counts", "presences", "count_hours")) {
            fresh.database.jdbc().sql("DELETE FROM " + table).update();
        }
    }
}
