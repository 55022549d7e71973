package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.camera.CameraStatus.State;
import io.sightline.camera.FakeRtspServer.Habit;
import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CameraTroubleTest {
    private final CamelContext camel = new DefaultCamelContext();
    private final List<CameraStatus> statuses = new CopyOnWriteArrayList<>();
    private final List<String> networks = new CopyOnWriteArrayList<>(List.of("127.0.0.0/8"));

    @BeforeEach
    void listen() {
        camel.getRegistry().bind("listener", (CameraListener) (id, status) -> statuses.add(status));
        camel.getRegistry()
                .bind(
                        "guard",
                        new AddressGuard(
                                () -> networks.stream()
                                        .map(Network::parse)
                                        .flatMap(Optional::stream)
                                        .toList(),
                                address -> false));
    }

    @AfterEach
    void stop() {
        long before = System.nanoTime();
        camel.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        assertThat(CameraRouteTest.cameraThreads()).isEmpty();
    }

    @Test
    void shouldNameTheReasonOfEachTrouble() throws Exception {
        Map<Habit, String> codes = Map.of(
                Habit.NEVER_ANSWERS, "SILENT",
                Habit.ASKS_FOR_A_LOGIN, "UNAUTHORIZED",
                Habit.KNOWS_NO_STREAM, "NOT_FOUND",
                Habit.DESCRIBES_THEN_FREEZES, "SILENT");
        for (var expected : codes.entrySet()) {
            try (var server = new FakeRtspServer(expected.getKey())) {
                // When
                CameraStatus first = firstStatus(server.address());

                // Then
                assertThat(first.state()).as(expected.getKey().name()).isEqualTo(State.OFFLINE);
                assertThat(first.code()).as(first.reason()).isEqualTo(expected.getValue());
                assertThat(first.reason()).contains("next try").contains(server.address());
            }
        }
    }

    @Test
    void shouldSurviveServersThatHangUpOrTalkNonsense() throws Exception {
        for (Habit habit : List.of(Habit.HANGS_UP, Habit.TALKS_NONSENSE)) {
            try (var server = new FakeRtspServer(habit)) {
                assertThat(firstStatus(server.address()).state())
                        .as(habit.name())
                        .isEqualTo(State.OFFLINE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ASKS_AGAIN_AND_AGAIN, UNAUTHORIZED",
        "ASKS_AT_LENGTH, UNAUTHORIZED",
        "SENDS_ON_TO_ITSELF, REDIRECTED",
        "CLAIMS_FOUR_GIGABYTES, ",
        "CLAIMS_TWO_GIGABYTES, ",
        "HAS_A_THOUSAND_STREAMS, SILENT",
        "HAS_NO_VIDEO, NO_VIDEO",
        "SENDS_ON_CHANNEL_255, SILENT"
    })
    void shouldEndInAStateWithAReason(Habit habit, String code) throws Exception {
        for (String transport : List.of("TCP", "UDP")) {
            try (var server = new FakeRtspServer(habit)) {
                // When
                CameraStatus first =
                        firstStatus(server.address() + "&username=hub&password=s3cret&transport=" + transport);

                // Then: a slow machine may take more than one try
                assertThat(first.state()).as(habit + " " + transport).isEqualTo(State.OFFLINE);
                await().untilAsserted(() -> assertThat(statuses)
                        .extracting(CameraStatus::code)
                        .containsAnyOf(transport.equals("UDP") || code == null ? first.code() : code));
                assertThat(statuses).extracting(CameraStatus::reason).allSatisfy(reason -> assertThat(reason)
                        .contains("next try")
                        .doesNotContain("s3cret")
                        .hasSizeLessThan(400));
            }
        }
    }

    @Test
    void shouldFollowNoRedirect() throws Exception {
        try (var server = new FakeRtspServer(Habit.SENDS_ON_TO_ITSELF)) {
            // When
            firstStatus(server.address());

            // Then
            assertThat(server.requests()).noneMatch(line -> line.contains("/cam2"));
        }
    }

    @Test
    void shouldMakeNoConnectionToAForbiddenAddress() throws Exception {
        try (var server = new FakeRtspServer(Habit.NEVER_ANSWERS)) {
            // Given
            networks.clear();

            // When
            CameraStatus first = firstStatus(server.address());

            // Then
            assertThat(first.code()).isEqualTo("FORBIDDEN_ADDRESS");
            assertThat(first.reason())
                    .contains("127.0.0.1 is this machine itself")
                    .contains("camera-networks");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void shouldReportARefusingPortAndGoOnTrying() throws Exception {
        // When
        CameraStatus first = firstStatus("rtsp://127.0.0.1:" + FakeRtspServer.closedPort() + "/cam");

        // Then
        assertThat(first.code()).isEqualTo("UNREACHABLE");
        await().until(() -> statuses.size() >= 4);
        assertThat(figures().reconnects()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldNotGuessWhenTheLoginIsRefused() throws Exception {
        try (var server = new FakeRtspServer(Habit.ASKS_FOR_A_LOGIN)) {
            // When
            route("camera:gate?connectLimit=1s&username=hub&password=RAW(s3cr3t%&/)&uri=" + server.address());
            await().until(() -> !statuses.isEmpty());

            // Then
            assertThat(statuses.get(0).reason())
                    .contains("refused user name or password")
                    .contains("next try in 6");
            assertThat(statuses.get(0).reason()).doesNotContain("s3cr3t");
            assertThat(server.requests()).anyMatch(line -> line.startsWith("Authorization: Digest username=\"hub\""));
            assertThat(server.requests()).noneMatch(line -> line.contains("s3cr3t"));
            assertThat(server.connections())
                    .as("one to ask the port, one to log in")
                    .isEqualTo(2);
        }
    }

    @Test
    void shouldStopAtOnceWhileTheServerHangs() throws Exception {
        try (var server = new FakeRtspServer(Habit.NEVER_ANSWERS)) {
            // Given
            route("camera:gate?connectLimit=5m&uri=" + server.address());
            await().until(() -> server.connections() > 0);

            // When
            long before = System.nanoTime();
            camel.stop();

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private CameraStatus firstStatus(String address) throws Exception {
        statuses.clear();
        if (camel.getRoute("cam") != null) {
            camel.getRouteController().stopRoute("cam");
            camel.removeRoute("cam");
            statuses.clear();
        }
        route("camera:gate?connectLimit=1s&uri=" + address);
        await().until(() -> !statuses.isEmpty());
        return statuses.get(0);
    }

    private void route(String from) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("cam").process(exchange -> {});
            }
        });
        camel.start();
    }

    private CameraFigures figures() {
        return camel.getComponent("camera", CameraComponent.class).figures().get("gate");
    }
}
