package io.sightline.hub.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered endpoint as it is kept.
 *
 * @param id 12 letters and digits; its sink is {@code webhook-ID}
 * @param owner who registered it
 * @param state whether it is delivered to
 * @param created when it was registered
 */
public record Webhook(
        String id, Owner owner, WebhookSettings settings, State state, Instant created, SigningSecrets secrets) {

    /**
     * @param id of a user, or {@code key:} and that of an API key
     * @param name for people
     */
    public record Owner(String id, String name) {}

    /**
     * @param enabled whether events flow into its queue and are sent
     * @param code why the hub itself ended that, one word; null where a person did, or it is enabled
     * @param reason the same for people
     */
    public record State(
            boolean enabled,
            @Nullable String code,
            @Nullable String reason) {
        static final State ENABLED = new State(true, null, null);
        static final State DISABLED = new State(false, null, null);
    }

    /** Name of its sink, {@code webhook-ID}. */
    public String sink() {
        return "webhook-" + id;
    }

    /** For its owner only, and only when it was made. */
    public String secret() {
        return secrets.current();
    }

    /** Until when the secret before signs too; null where none does. */
    public @Nullable Instant previousSecretUntil() {
        return secrets.previousUntil();
    }

    Webhook with(WebhookSettings next) {
        return new Webhook(id, owner, next, state, created, secrets);
    }

    Webhook with(State next) {
        return new Webhook(id, owner, settings, next, created, secrets);
    }

    Webhook with(SigningSecrets next) {
        return new Webhook(id, owner, settings, state, created, next);
    }

    @Override
    public String toString() {
        return "Webhook[" + id + "]";
    }
}
