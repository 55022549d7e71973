package io.sightline.hub.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.status.Integrations;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

class HubHealthTest {
    private final Integrations integrations = new Integrations(Clock.systemUTC());
    private final HubHealth health = new HubHealth(integrations);

    @Test
    void shouldBeUpWhileAllAreOnlineOrDisabled() {
        integrations.online("spine", "spine");
        integrations.disabled("camera", "dock");

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void shouldBeDegradedWhileACameraIsOffline() {
        integrations.online("spine", "spine");
        integrations.offline("camera", "gate", "UNREACHABLE", "no answer for 10 s");

        var told = health.health();

        assertThat(told.getStatus()).isEqualTo(HubHealth.DEGRADED);
        assertThat(told.getDetails()).containsKey("camera/gate");
    }

    @Test
    void shouldBeDownWhileTheStoreIsNotWorking() {
        integrations.offline("store", "store", "UNREACHABLE", "the database refuses connections");

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    }
}
