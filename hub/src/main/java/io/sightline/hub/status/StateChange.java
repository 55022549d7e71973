package io.sightline.hub.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an integration's state.
 *
 * @param code the reason in one word; null where nothing is the matter
 * @param reason for people; null as the code
 */
public record StateChange(
        Instant time,
        IntegrationState state,
        @Nullable String code,
        @Nullable String reason) {}
