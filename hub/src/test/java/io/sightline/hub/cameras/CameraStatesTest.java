package io.sightline.hub.cameras;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.CameraStatus;
import io.sightline.camera.CameraStatus.State;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.Integrations;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CameraStatesTest {
    private static final CameraStatus ONLINE = new CameraStatus(State.ONLINE, null, null);
    private static final CameraStatus LOST = new CameraStatus(State.OFFLINE, "UNREACHABLE", "no answer");
    private static final CameraStatus ENDED = new CameraStatus(State.DISABLED, "ENDED", "played to its end");
    private static final CameraStatus STOPPED = new CameraStatus(State.DISABLED, CameraStatus.STOPPED, "was stopped");

    private final Integrations integrations = new Integrations(Clock.systemUTC());
    private final CameraStates states = new CameraStates(integrations);
    private final List<String> gone = new ArrayList<>();

    @BeforeEach
    void listen() {
        states.whenOffline(gone::add);
        states.report("gate", ONLINE);
    }

    @Test
    void shouldTellOnceWhenPicturesAreLost() {
        states.report("gate", LOST);
        states.report("gate", LOST);

        assertThat(gone).containsExactly("gate");
        assertThat(states.gone("gate")).isTrue();

        states.report("gate", ONLINE);
        assertThat(states.gone("gate")).isFalse();
    }

    @Test
    void shouldTellWhenAFileHasEnded() {
        states.report("gate", ENDED);

        assertThat(gone).containsExactly("gate");
    }

    @Test
    void shouldNotTakeAStoppedRouteForALostCamera() {
        states.report("gate", STOPPED);

        assertThat(gone).isEmpty();
        assertThat(now().code()).isEqualTo("STOPPED");
    }

    @Test
    void shouldHearNothingFromACameraThatTheHubTakesDown() {
        states.leaving("gate");
        states.report("gate", LOST);
        states.report("gate", STOPPED);

        assertThat(gone).isEmpty();
        assertThat(now().code()).isNull();

        states.connecting("gate");
        states.report("gate", LOST);
        assertThat(gone).containsExactly("gate");
    }

    private Integration now() {
        return integrations.find(CameraStates.KIND, "gate").orElseThrow();
    }
}
