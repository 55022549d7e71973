package io.sightline.camera;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.camera.CameraStatus.State;
import io.sightline.camera.objects.ObjectList;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists over real sockets. */
@Timeout(60)
class SmartCameraRouteTest {
    private final CamelContext camel = new DefaultCamelContext();
    private final List<CameraStatus> statuses = new CopyOnWriteArrayList<>();
    private final List<ObjectList> lists = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private DatagramSocket sender;
    private int port;
    private volatile boolean hold;

    @BeforeEach
    void start() throws Exception {
        sender = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (var probe = new DatagramSocket(0)) {
            port = probe.getLocalPort();
        }
        camel.getRegistry().bind("listener", (CameraListener) (id, status) -> statuses.add(status));
        camel.getShutdownStrategy().setTimeout(5);
    }

    @AfterEach
    void stop() {
        held.countDown();
        camel.stop();
        sender.close();
    }

    private CameraFigures run(String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("camera:dock?uri=RAW(objects:udp://127.0.0.1:" + port + options
                                + ")&maxFramesPerSecond=120&silenceLimit=500ms")
                        .routeId("dock")
                        .process(exchange -> {
                            lists.add(exchange.getMessage().getBody(ObjectList.class));
                            if (hold) {
                                held.await();
                            }
                        });
            }
        });
        camel.start();
        return ((CameraComponent) camel.getComponent("camera")).figures().get("dock");
    }

    private void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sender.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    private static String list(int sequence) {
        return "{\"sequence\":" + sequence + ",\"width\":640,\"height\":360,\"objects\":[{\"label\":\"person\","
                + "\"confidence\":0.9,\"box\":{\"x\":1,\"y\":2,\"width\":30,\"height\":40}}]}";
    }

    /** Sends until the camera listens: what comes before that is lost. */
    private void sendUntilOnline() {
        await().until(() -> {
            send(list(1));
            return statuses.contains(CameraStatus.online());
        });
        await().until(() -> !lists.isEmpty());
    }

    @Test
    void shouldLeadListsThroughTheRouteInOrderAndEachOnce() throws Exception {
        var figures = run("");
        sendUntilOnline();
        lists.clear();
        long before = figures.framesReplaced();

        for (int number : new int[] {2, 2, 4, 3, 5}) {
            send(list(number));
        }

        await().until(() -> figures.framesReplaced() >= before + 2);
        await().until(() -> figures.framesHandled() + figures.framesSkipped() >= 4);
        assertThat(lists).isNotEmpty().allSatisfy(list -> {
            assertThat(list.frame().cameraId()).isEqualTo("dock");
            assertThat(list.frame().width()).isEqualTo(640);
            assertThat(list.objects()).hasSize(1);
        });
        assertThat(lists).extracting(list -> list.frame().sequence()).isSorted();
        assertThat(figures.lastPictureAt()).isPresent();
    }

    @Test
    void shouldBeOfflineWhileItIsSilentAndComeBack() throws Exception {
        run("");
        await().until(() -> statuses.stream().anyMatch(status -> "SILENT".equals(status.code())));
        sendUntilOnline();
        statuses.clear();
        await().until(() -> statuses.stream()
                .anyMatch(status -> status.state() == State.OFFLINE && "SILENT".equals(status.code())));
    }

    @Test
    void shouldCountWhatIsNoListAndSayWhy() throws Exception {
        var figures = run("");

        await().until(() -> {
            send("no list");
            return statuses.stream().anyMatch(status -> "UNREADABLE".equals(status.code()));
        });

        assertThat(figures.framesBroken()).isPositive();
        assertThat(statuses).anySatisfy(status -> assertThat(status.reason()).contains("it is no JSON"));
        sendUntilOnline();
    }

    @Test
    void shouldListenToTheNamedCameraOnly() throws Exception {
        var figures = run("?from=192.0.2.1");

        await().until(() -> {
            send(list(1));
            return figures.framesBroken() > 0;
        });

        assertThat(lists).isEmpty();
        assertThat(statuses).doesNotContain(CameraStatus.online());
    }

    @Test
    void shouldListenToOneCameraAtATimeWhereNoneIsNamed() throws Exception {
        var figures = run("");
        sendUntilOnline();
        lists.clear();

        try (var other = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
            byte[] bytes = list(1000).replace("640", "320").getBytes(StandardCharsets.UTF_8);
            long before = figures.framesBroken();
            await().until(() -> {
                send(list((int) (System.nanoTime() >>> 20 & 0xffffff)));
                other.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
                return figures.framesBroken() > before;
            });
        }

        assertThat(lists).allSatisfy(list -> assertThat(list.frame().width()).isEqualTo(640));
        await().until(() -> statuses.stream().anyMatch(status -> "LISTS_DROPPED".equals(status.code())));
    }

    @Test
    void shouldLoseTheOldestListsWhileTheRouteHangsAndCountThem() throws Exception {
        var figures = run("");
        sendUntilOnline();
        hold = true;

        await().atMost(ofSeconds(40)).pollInterval(ofMillis(20)).until(() -> {
            send(list((int) (System.nanoTime() >>> 20 & 0xffffff)));
            return passed(figures) - figures.framesHandled() > 40;
        });
        hold = false;
        held.countDown();

        await().until(() -> newest() == passed(figures));
        long lost = passed(figures) - lists.size();
        assertThat(lost).isPositive();
        assertThat(figures.framesReplaced()).isGreaterThanOrEqualTo(lost);
    }

    /** Lists that were handed to the route's thread; their sequence numbers begin with 1. */
    private static long passed(CameraFigures figures) {
        return figures.framesDecoded() - figures.framesSkipped();
    }

    private long newest() {
        return lists.get(lists.size() - 1).frame().sequence();
    }

    @Test
    void shouldSayThatItsPortIsTaken() throws Exception {
        try (var taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            assertThat(taken.isBound()).isTrue();
            run("");
            await().until(() -> statuses.stream().anyMatch(status -> status.state() == State.OFFLINE));
            assertThat(statuses.get(0).reason())
                    .contains("cannot listen on udp://127.0.0.1:" + port)
                    .contains("a port of its own");
        }
        sendUntilOnline();
    }

    @Test
    void shouldStopItsThreads() throws Exception {
        run("");
        sendUntilOnline();
        camel.getRouteController().stopRoute("dock");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("camera-reader-dock")
                        || thread.getName().contains("camera-pipeline-dock"));
        assertThat(statuses).extracting(CameraStatus::code).contains(CameraStatus.STOPPED);
    }
}
