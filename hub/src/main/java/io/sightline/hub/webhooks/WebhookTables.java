package io.sightline.hub.webhooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.sightline.hub.store.StoreAccess;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registered endpoints in the database. Any thread; throws Spring's DataAccessException while that is away. */
final class WebhookTables {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookTables.class);
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final StoreAccess store;
    private final SecretBox box;

    WebhookTables(StoreAccess store, SecretBox box) {
        this.store = store;
        this.box = box;
    }

    /** In the order of their making. One that cannot be opened is left out, and told in the log. */
    List<Webhook> all() {
        var found = new ArrayList<Webhook>();
        store.jdbc()
                .sql("SELECT id, sealed FROM webhooks ORDER BY created, id")
                .query((row, number) -> new Row(row.getString(1), row.getBytes(2)))
                .list()
                .forEach(row -> open(row, found));
        return found;
    }

    private record Row(String id, byte[] sealed) {}

    private void open(Row row, List<Webhook> found) {
        try {
            found.add(JSON.readValue(box.open(row.sealed(), row.id()), Webhook.class));
        } catch (GeneralSecurityException | IOException e) {
            LOG.atError()
                    .addKeyValue("webhook", row.id())
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("webhook cannot be opened: security/webhook-key of the data folder is not the key that it was"
                            + " closed with; restore that file from the backup that the database is from");
        }
    }

    void insert(Webhook webhook) {
        store.jdbc()
                .sql("INSERT INTO webhooks (id, owner, created, sealed) VALUES (?, ?, ?, ?)")
                .params(
                        webhook.id(),
                        webhook.owner().id(),
                        micros(webhook.created()).atOffset(ZoneOffset.UTC),
                        sealed(webhook))
                .update();
    }

    void update(Webhook webhook) {
        store.jdbc()
                .sql("UPDATE webhooks SET sealed = ? WHERE id = ?")
                .params(sealed(webhook), webhook.id())
                .update();
    }

    /** With its delivery log. */
    void delete(String id) {
        store.jdbc().sql("DELETE FROM webhooks WHERE id = ?").params(id).update();
        store.jdbc()
                .sql("DELETE FROM webhook_deliveries WHERE webhook = ?")
                .params(id)
                .update();
    }

    private byte[] sealed(Webhook webhook) {
        try {
            return box.close(JSON.writeValueAsBytes(webhook), webhook.id());
        } catch (IOException e) {
            throw new IllegalStateException("a webhook can be written as JSON", e);
        }
    }

    /** As precise as the database keeps it. */
    static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
