package io.sightline.hub.cameras;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.CameraStatus;
import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.detect.DetectionException;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CameraStatesTest {
    private static final CameraStatus ONLINE = new CameraStatus(State.ONLINE, null, null);
    private static final CameraStatus LOST = new CameraStatus(State.OFFLINE, "UNREACHABLE", "no answer");
    private static final CameraStatus ENDED = new CameraStatus(State.DISABLED, "ENDED", "played to its end");
    private static final CameraStatus STOPPED = new CameraStatus(State.DISABLED, CameraStatus.STOPPED, "was stopped");

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Runs once, on the thread that tells of a state next. */
    private Runnable meanwhile = () -> {};

    private final Integrations integrations = new Integrations(clock());
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

    /** The camera is lost in the very moment in which its detector is told to be well again. */
    @Test
    @Timeout(30)
    void shouldNotCallACameraOnlineThatWasLostMeanwhile() throws InterruptedException {
        // Given
        states.detectorFailed("gate", new DetectionException("bad day"));
        var loss = new Thread(() -> states.report("gate", LOST));
        meanwhile = () -> {
            loss.start();
            while (loss.getState() != Thread.State.BLOCKED && loss.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
        };

        // When
        states.observed("gate", 1);
        loss.join();

        // Then
        assertThat(now().state()).isEqualTo(IntegrationState.OFFLINE);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                Runnable once = meanwhile;
                meanwhile = () -> {};
                once.run();
                return NOON;
            }
        };
    }

    private Integration now() {
        return integrations.find(CameraStates.KIND, "gate").orElseThrow();
    }
}
