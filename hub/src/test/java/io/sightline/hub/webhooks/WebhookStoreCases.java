package io.sightline.hub.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.hub.webhooks.Attempt.End;
import io.sightline.hub.webhooks.Attempt.Outcome;
import io.sightline.hub.webhooks.InboundSource.Scheme;
import io.sightline.hub.webhooks.Inbox.Result;
import io.sightline.processors.Envelope;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.Sequences;
import io.sightline.processors.SpineListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** What every database has to do for webhooks. */
abstract class WebhookStoreCases {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path folder;

    private TestStore store;

    abstract TestStore open();

    @BeforeEach
    void start() {
        store = open();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void shouldKeepWhatWasRegisteredAndNothingInClear() {
        // Given
        var tables = new WebhookTables(store, new SecretBox(folder.resolve("key")));
        Webhook first = webhook("aaaaaaaaaaaa", NOON);
        Webhook second = webhook("bbbbbbbbbbbb", NOON.plusSeconds(1))
                .with(new Webhook.State(false, "GONE", "answered 410"))
                .with(SigningSecrets.fresh().rotated(NOON));
        // When
        tables.insert(first);
        tables.insert(second.with(Webhook.State.ENABLED));
        tables.update(second);
        // Then
        var again = new WebhookTables(store, new SecretBox(folder.resolve("key")));
        assertThat(again.all()).containsExactly(first, second);
        byte[] sealed = store.jdbc()
                .sql("SELECT sealed FROM webhooks WHERE id = 'aaaaaaaaaaaa'")
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .doesNotContain("example.com", first.secret().substring(6));
        again.delete("aaaaaaaaaaaa");
        assertThat(tables.all()).containsExactly(second);
    }

    @Test
    void shouldLeaveOutWhatAnotherKeyHasClosed() throws Exception {
        // Given
        new WebhookTables(store, new SecretBox(folder.resolve("key"))).insert(webhook("aaaaaaaaaaaa", NOON));
        // Then
        assertThat(new WebhookTables(store, new SecretBox(folder.resolve("other"))).all())
                .isEmpty();
        Files.write(folder.resolve("short"), new byte[5]);
        assertThatThrownBy(() -> new SecretBox(folder.resolve("short"))).hasMessageContaining("got 5 bytes");
    }

    @Test
    void shouldKeepTheLastThousandAttemptsOfSevenDays() {
        // Given
        var log = new DeliveryLog(store, Clock.fixed(NOON, ZoneOffset.UTC));
        for (int i = 1; i <= DeliveryLog.KEPT + 5; i++) {
            log.add(attempt("aaaaaaaaaaaa", "e-" + i, NOON));
        }
        log.add(attempt("bbbbbbbbbbbb", "old", NOON.minus(DeliveryLog.KEPT_FOR).minusSeconds(1)));
        log.add(attempt("bbbbbbbbbbbb", "new", NOON));
        // When
        log.flush();
        log.expire();
        // Then
        List<Attempt> kept = log.list("aaaaaaaaaaaa", 2000);
        assertThat(kept).hasSize(DeliveryLog.KEPT);
        assertThat(kept.get(0)).isEqualTo(attempt("aaaaaaaaaaaa", "e-" + (DeliveryLog.KEPT + 5), NOON));
        assertThat(log.list("bbbbbbbbbbbb", 10)).extracting(Attempt::eventId).containsExactly("new");
    }

    @Test
    void shouldCountWhatTheLogLosesWhileTheDatabaseIsAway() {
        // Given
        var log = new DeliveryLog(store, Clock.fixed(NOON, ZoneOffset.UTC));
        log.add(attempt("aaaaaaaaaaaa", "e-1", NOON));
        store.away(true);
        // When
        log.flush();
        // Then
        assertThat(log.lost()).isEqualTo(1);
    }

    @Test
    void shouldMakeOneEventOfEachMessageAlsoAfterARestart() {
        // Given
        List<String> sent = new ArrayList<>();
        Inbox inbox = inbox(sent, NOON);
        // When
        var first = inbox.receive("tickets", signed("m-1", NOON), body());
        var second = inbox.receive("tickets", signed("m-1", NOON), body());
        var restarted = inbox(sent, NOON.plusSeconds(10)).receive("tickets", signed("m-1", NOON), body());
        var other = inbox.receive("tickets", signed("m-2", NOON), body());
        // Then
        assertThat(List.of(first.result(), second.result(), restarted.result(), other.result()))
                .containsExactly(Result.ACCEPTED, Result.REPEATED, Result.REPEATED, Result.ACCEPTED);
        assertThat(restarted.eventId()).isEqualTo(first.eventId());
        assertThat(sent).hasSize(2);
        assertThat(inbox.counted("tickets", Result.REPEATED)).isEqualTo(1);
    }

    @Test
    void shouldMakeNothingOfAMessageWhileTheDatabaseIsAway() {
        // Given
        List<String> sent = new ArrayList<>();
        Inbox inbox = inbox(sent, NOON);
        store.away(true);
        // Then
        assertThatThrownBy(() -> inbox.receive("tickets", signed("m-1", NOON), body()))
                .isInstanceOf(DataAccessException.class);
        assertThat(sent).isEmpty();
        store.away(false);
        assertThat(inbox.receive("tickets", signed("m-1", NOON), body()).result())
                .isEqualTo(Result.ACCEPTED);
    }

    @Test
    void shouldForgetIdsAfterSevenDays() {
        // Given
        List<String> sent = new ArrayList<>();
        inbox(sent, NOON).receive("tickets", signed("m-1", NOON), body());
        Instant later = NOON.plus(Inbox.REMEMBERED).plusSeconds(1);
        Inbox inbox = inbox(sent, later);
        // When
        inbox.expire();
        // Then
        assertThat(inbox.receive("tickets", signed("m-1", later), body()).result())
                .isEqualTo(Result.ACCEPTED);
    }

    private Inbox inbox(List<String> sent, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        SpineListener nobody = new SpineListener() {
            @Override
            public void refuses(String reason) {}

            @Override
            public void takes() {}
        };
        var publisher = new EventPublisher(
                new Envelope("test", Envelope.DEFAULT_SCHEMAS, clock),
                new Sequences(1),
                (address, bytes, headers) -> sent.add(address),
                nobody);
        List<InboundSource> sources = List.of(new InboundSource("tickets", Scheme.STANDARD, SECRET));
        return new Inbox(() -> sources, store, publisher, name -> {}, clock);
    }

    private static Map<String, List<String>> signed(String id, Instant at) {
        String body = new String(body(), StandardCharsets.UTF_8);
        return Map.of(
                "webhook-id", List.of(id),
                "webhook-timestamp", List.of(Long.toString(at.getEpochSecond())),
                "webhook-signature", List.of(SigningSecrets.sign(SECRET, id, at.getEpochSecond(), body)));
    }

    private static byte[] body() {
        return "{\"order\":4711}".getBytes(StandardCharsets.UTF_8);
    }

    private static Webhook webhook(String id, Instant created) {
        var settings = new WebhookSettings(
                "https://example.com/hooks?token=x",
                "Tür",
                Set.of(Event.Kind.ALERT, Event.Kind.SCENE),
                List.of("io.sightline.alert.*"),
                List.of("gate"));
        return new Webhook(
                id, new Webhook.Owner("u-1", "anna"), settings, Webhook.State.ENABLED, created, SigningSecrets.fresh());
    }

    private static Attempt attempt(String webhook, String event, Instant at) {
        return new Attempt(
                webhook,
                event,
                "io.sightline.alert.opened",
                1,
                false,
                at,
                new End(Outcome.FAILED, null, Duration.ofMillis(12), "no answer"));
    }
}
