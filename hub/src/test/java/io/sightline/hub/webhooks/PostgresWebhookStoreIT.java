package io.sightline.hub.webhooks;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same on a real PostgreSQL: SIGHTLINE_TEST_POSTGRES_URL, _USER and _PASSWORD say where. Its tables are emptied. */
@EnabledIfEnvironmentVariable(
        named = "SIGHTLINE_TEST_POSTGRES_URL",
        matches = "jdbc:postgresql:.+",
        disabledReason = "no PostgreSQL given: set SIGHTLINE_TEST_POSTGRES_URL to its JDBC address")
class PostgresWebhookStoreIT extends WebhookStoreCases {
    @Override
    TestStore open() {
        return new TestStore(
                System.getenv("SIGHTLINE_TEST_POSTGRES_URL"),
                System.getenv("SIGHTLINE_TEST_POSTGRES_USER"),
                System.getenv("SIGHTLINE_TEST_POSTGRES_PASSWORD"));
    }
}
