package io.sightline.hub.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntegrationsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:00Z");

    private final Integrations integrations = new Integrations(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void shouldRememberChangesOfStateAndCodeNewestFirst() {
        // When
        integrations.offline("camera", "gate", "SILENT", "no picture for 2 s");
        integrations.offline("camera", "gate", "SILENT", "no picture for 3 s");
        integrations.offline("camera", "gate", "UNREACHABLE", "nobody answers");
        integrations.online("camera", "gate");

        // Then
        assertThat(integrations.history("camera", "gate"))
                .containsExactly(
                        new StateChange(NOW, IntegrationState.ONLINE, null, null),
                        new StateChange(NOW, IntegrationState.OFFLINE, "UNREACHABLE", "nobody answers"),
                        new StateChange(NOW, IntegrationState.OFFLINE, "SILENT", "no picture for 2 s"));
        assertThat(integrations.changes("camera", "gate", IntegrationState.OFFLINE))
                .isEqualTo(2);
        assertThat(integrations.changes("camera", "gate", IntegrationState.DEGRADED))
                .isZero();
    }

    @Test
    void shouldRememberFiftyChangesAndCountAll() {
        for (int i = 0; i < 60; i++) {
            integrations.offline("camera", "gate", "CODE_" + i, "x");
        }

        assertThat(integrations.history("camera", "gate")).hasSize(50);
        assertThat(integrations.history("camera", "gate").get(0).code()).isEqualTo("CODE_59");
        assertThat(integrations.changes("camera", "gate", IntegrationState.OFFLINE))
                .isEqualTo(60);
    }

    @Test
    void shouldTellOnceMoreOfWhatIsNoLongerConfiguredAndForgetIt() {
        List<Integration> told = new ArrayList<>();
        integrations.online("camera", "gate");
        integrations.listen(told::add);

        integrations.remove("camera", "gate");
        integrations.remove("camera", "gate");

        assertThat(told)
                .containsExactly(new Integration(
                        "camera",
                        "gate",
                        IntegrationState.DISABLED,
                        Integrations.REMOVED,
                        "is no longer configured",
                        NOW));
        assertThat(integrations.all()).isEmpty();
        assertThat(integrations.history("camera", "gate")).isEmpty();
        assertThat(integrations.changes("camera", "gate", IntegrationState.ONLINE))
                .isZero();
    }
}
