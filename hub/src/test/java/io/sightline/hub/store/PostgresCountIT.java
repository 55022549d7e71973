package io.sightline.hub.store;

import io.sightline.hub.settings.StoreSettings;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same on a real PostgreSQL, see {@link PostgresStoreIT}. */
@EnabledIfEnvironmentVariable(
        named = "SIGHTLINE_TEST_POSTGRES_URL",
        matches = "jdbc:postgresql:.+",
        disabledReason = "no PostgreSQL given: set SIGHTLINE_TEST_POSTGRES_URL to its JDBC address")
class PostgresCountIT extends CountCases {
    private final PostgresStoreIT same = new PostgresStoreIT();

    @Override
    StoreSettings settings() {
        return same.settings();
    }

    @Override
    void empty(Stores fresh) {
        same.empty(fresh);
    }
}
