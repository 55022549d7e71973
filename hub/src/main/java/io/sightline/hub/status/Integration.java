package io.sightline.hub.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One configured outside system, or one of the hub's own (kind {@code spine}, {@code store}), as it stands now.
 *
 * @param kind {@code camera}, {@code sink}, {@code store}, {@code spine}, {@code route-file}, {@code configuration} …
 * @param id unique within its kind
 * @param reason what is the matter, for people, without secrets; null where nothing is
 * @param code the reason in one word, for programs and metrics, for example {@code UNREACHABLE}; null as the reason
 * @param since when it came into this state
 */
public record Integration(
        String kind,
        String id,
        IntegrationState state,
        @Nullable String code,
        @Nullable String reason,
        Instant since) {

    Integration keeping(Instant earlier) {
        return new Integration(kind, id, state, code, reason, earlier);
    }
}
