package io.sightline.hub.webhooks;

import io.sightline.hub.spine.Failures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the delivery log.
 *
 * @param number how often the spine has handed the event out, from 1
 * @param replay whether it was sent once more because somebody asked for that
 * @param at when it began
 */
public record Attempt(String webhook, String eventId, String type, int number, boolean replay, Instant at, End end) {

    /** What an endpoint came to. */
    public enum Outcome {
        /** Answered 2xx. */
        DELIVERED,
        /** Answered 4xx: ten times, then a dead letter. */
        REJECTED,
        /** No answer, or one that passes: again, without end. */
        FAILED,
        /** The address may not be connected to; as FAILED. */
        FORBIDDEN,
        /** Answered 410: nothing is sent any more. */
        GONE;

        static Outcome of(int status) {
            if (status >= 200 && status < 300) {
                return DELIVERED;
            } else if (status == 410) {
                return GONE;
            }
            boolean passes = status < 400 || status >= 500 || status == 408 || status == 425 || status == 429;
            return passes ? FAILED : REJECTED;
        }
    }

    /**
     * @param status what the receiver answered; null where no answer came
     * @param text the beginning of the answer, or why there was none
     */
    public record End(Outcome outcome, @Nullable Integer status, Duration took, String text) {

        static End of(WebhookClient.Answer answer, Duration took) {
            return new End(Outcome.of(answer.status()), answer.status(), took, answer.excerpt());
        }

        static End of(IOException failure, Duration took) {
            boolean forbidden = failure instanceof WebhookGuard.ForbiddenAddressException;
            return new End(forbidden ? Outcome.FORBIDDEN : Outcome.FAILED, null, took, Failures.reason(failure));
        }
    }
}
