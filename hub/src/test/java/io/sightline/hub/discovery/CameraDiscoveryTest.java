package io.sightline.hub.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.usb.UsbCamera;
import io.sightline.engine.usb.UsbFormat;
import io.sightline.hub.discovery.DiscoveredCamera.Kind;
import io.sightline.hub.discovery.DiscoveredCamera.Proposal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a responder on this machine that answers as a recorded device did. */
@Timeout(60)
class CameraDiscoveryTest {
    private static final Pattern MESSAGE_ID = Pattern.compile("MessageID>(uuid:[^<]+)<");
    private static final UsbCamera WEBCAM = new UsbCamera(
            "/dev/video0",
            "HD Webcam C920",
            Optional.of("1A2B"),
            List.of("usb-046d_HD_Webcam_C920_1A2B-video-index0"),
            List.of(new UsbFormat("mjpeg", 1280, 720, 30, false)),
            List.of(),
            Optional.empty());

    private final InetAddress here = InetAddress.getLoopbackAddress();
    private DatagramSocket responder;

    @BeforeEach
    void open() throws SocketException {
        responder = new DatagramSocket(new InetSocketAddress(here, 0));
    }

    @AfterEach
    void close() {
        responder.close();
    }

    /** @param answers what is sent for a probe of that id */
    private void respond(Function<String, Stream<String>> answers) {
        var thread = new Thread(() -> {
            var packet = new DatagramPacket(new byte[8192], 8192);
            try {
                while (true) {
                    packet.setLength(8192);
                    responder.receive(packet);
                    var id = MESSAGE_ID.matcher(
                            new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
                    if (id.find()) {
                        for (String answer : answers.apply(id.group(1)).toList()) {
                            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                            responder.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                        }
                    }
                }
            } catch (IOException closed) {
                // the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static String answer(String probe) {
        try {
            return new String(ProbeMatchesTest.recorded(), StandardCharsets.UTF_8)
                    .replace("uuid:84ede3de-7dec-11d0-c360-F01234567890", probe);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private CameraDiscovery discovery(UsbCamera... usb) {
        var group = new InetSocketAddress(here, responder.getLocalPort());
        return new CameraDiscovery(() -> List.of(usb), group, () -> List.of(here));
    }

    private static List<DiscoveredCamera> search(CameraDiscovery discovery) throws InterruptedException {
        return discovery.search(Duration.ofSeconds(1));
    }

    @Test
    void shouldFindWhatIsPluggedInAndWhatAnswersEachOnce() throws Exception {
        respond(probe -> Stream.of(answer(probe), answer(probe.toUpperCase().replace("UUID:", "urn:uuid:"))));

        List<DiscoveredCamera> found = search(discovery(WEBCAM));

        assertThat(found)
                .containsExactly(
                        new DiscoveredCamera(
                                Kind.USB,
                                "HD Webcam C920",
                                "v4l2:id=usb-046d_HD_Webcam_C920_1A2B-video-index0",
                                "id=usb-046d_HD_Webcam_C920_1A2B-video-index0",
                                "mjpeg 1280x720 at 30/s",
                                new Proposal("hd-webcam-c920", "v4l2:id=usb-046d_HD_Webcam_C920_1A2B-video-index0")),
                        new DiscoveredCamera(
                                Kind.ONVIF,
                                "VENDOR MODEL",
                                "http://192.168.1.24/onvif/services",
                                "urn:uuid:a1f48ac2-dc8b-11df-b255-00408c1836b2",
                                "MODEL",
                                new Proposal("vendor-model", "rtsp://192.168.1.24/PATH-OF-ITS-SMALL-STREAM")));
        assertThat(found)
                .extracting(DiscoveredCamera::hint)
                .containsExactly(
                        "hd-webcam-c920: { uri: \"v4l2:id=usb-046d_HD_Webcam_C920_1A2B-video-index0\","
                                + " detector: people }",
                        "vendor-model: { uri: \"rtsp://192.168.1.24/PATH-OF-ITS-SMALL-STREAM\","
                                + " username: hub, password: \"${CAMERA_PASSWORD}\", detector: people }");
    }

    @Test
    void shouldPreferTheAddressThatAnsweredAndKnowTheUsualPathsOfMakers() throws Exception {
        respond(probe -> Stream.of(answer(probe)
                .replace("http://192.168.1.24/onvif", "http://192.168.1.24/onvif http://127.0.0.1:8000/onvif")
                .replace("VENDOR%20MODEL", "HIKVISION%20DS-2CD")));

        var found = search(discovery());

        assertThat(found).singleElement().satisfies(camera -> {
            assertThat(camera.address()).isEqualTo("http://127.0.0.1:8000/onvif/services");
            assertThat(camera.hint()).contains("rtsp://127.0.0.1/Streaming/Channels/102");
        });
    }

    @Test
    void shouldPassOverAnswersThatNobodyAskedForAndFloods() throws Exception {
        respond(probe -> Stream.concat(
                IntStream.range(0, 500).mapToObj(i -> answer(probe).replace("dc8b-11df", "dc8b-" + (1000 + i))),
                Stream.of(answer("uuid:00000000-0000-0000-0000-000000000000"), "<x", "")));

        var found = search(discovery());

        assertThat(found).hasSizeBetween(1, 32);
    }

    @Test
    void shouldNotSuggestAddressesThatAreNone() throws Exception {
        respond(probe -> Stream.of(answer(probe)
                .replace("http://169.254.76.145/onvif/services", "file:///etc/passwd javascript:alert(1)")
                .replace("http://192.168.1.24/onvif/services", "http://user:x@192.0.2.1/ not-an-address")));

        assertThat(search(discovery())).isEmpty();
    }

    @Test
    void shouldTellAgainWhatWasFoundAMomentAgo() throws Exception {
        var discovery = discovery(WEBCAM);
        assertThat(search(discovery)).isSameAs(search(discovery));
    }

    @Test
    void shouldGiveCamerasOfOneNameIdsOfTheirOwn() throws Exception {
        assertThat(search(discovery(WEBCAM, WEBCAM, WEBCAM)))
                .extracting(camera -> camera.proposal().id())
                .containsExactly("hd-webcam-c920", "hd-webcam-c920-2", "hd-webcam-c920-3");
    }

    @Test
    void shouldMakeIdsOfNames() {
        assertThat(CameraDiscovery.id("HD Pro Webcam C920 (046d:0892)")).isEqualTo("hd-pro-webcam-c920-046d-0892");
        assertThat(CameraDiscovery.id("…")).isEqualTo("camera");
        assertThat(CameraDiscovery.id("x".repeat(100))).hasSize(40);
    }
}
