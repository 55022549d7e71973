package io.sightline.hub.spine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.security.Role;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BrokerRightsTest {

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldLetNobodyForgeEventsOrManageTheBroker(Role role) {
        for (String address : new String[] {
            "sightline.detections.gate", "sightline.#", "sightline.sinks.store", "dead-letters", "activemq.management"
        }) {
            assertThat(allows(role, CheckType.SEND, address)).as(address).isFalse();
            assertThat(allows(role, CheckType.MANAGE, address)).as(address).isFalse();
            assertThat(allows(role, CheckType.EDIT, address)).as(address).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, CONSUME, sightline.detections.gate, true",
        "VIEWER, CONSUME, sightline.#, true",
        "VIEWER, CREATE_NON_DURABLE_QUEUE, sightline.detections.#, true",
        "VIEWER, CREATE_DURABLE_QUEUE, sightline.detections.#, false",
        "OPERATOR, CREATE_DURABLE_QUEUE, sightline.detections.#, false",
        "INTEGRATION, CREATE_DURABLE_QUEUE, sightline.detections.#, true",
        "VIEWER, CONSUME, #, false",
        "VIEWER, CONSUME, activemq.notifications, false",
        "VIEWER, CONSUME, sightline.sinks.store::sightline.sinks.store, false",
        "INTEGRATION, CONSUME, sightline.sinks.store, false",
        "INTEGRATION, CONSUME, dead-letters, false",
        "INTEGRATION, SEND, sightline.commands.siren, true",
        "INTEGRATION, SEND, sightline.commandsandmore, false",
        "VIEWER, SEND, sightline.commands.siren, false",
        "ADMIN, SEND, sightline.commands.siren, true",
        "ADMIN, BROWSE, dead-letters, true",
        "ADMIN, DELETE_DURABLE_QUEUE, sightline.sinks.store, false",
        "ADMIN, CREATE_DURABLE_QUEUE, sightline.detections.#, true",
    })
    void shouldFollowTheRoleTable(Role role, CheckType check, String address, boolean allowed) {
        assertThat(allows(role, check, address)).isEqualTo(allowed);
    }

    @Test
    void shouldLetAUserWithoutRolesDoNothing() {
        assertThat(BrokerRights.allows(Set.of(), CheckType.CONSUME, "sightline.#", true))
                .isFalse();
    }

    private static boolean allows(Role role, CheckType check, String address) {
        return BrokerRights.allows(Set.of(role), check, address, false);
    }
}
