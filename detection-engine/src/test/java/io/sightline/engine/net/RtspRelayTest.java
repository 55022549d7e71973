package io.sightline.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RtspRelayTest {
    private static final Optional<Credentials> LOGIN = Optional.of(new Credentials("hub", "s3cret"));
    private static final Dialer DIALER = new Dialer(AddressGuard.open(), Tls.STANDARD);

    private static String ok(List<String> head, String more) {
        return "RTSP/1.0 200 OK\nCSeq: " + TestPeer.header(head, "CSeq") + "\n" + more + "\n";
    }

    @Test
    void shouldNameTheCameraInRequestsAndLogInByItself() throws Exception {
        TestPeer.Habit habit = (head, out) -> out.write(TestPeer.bytes(
                TestPeer.header(head, "Authorization").isEmpty()
                        ? "RTSP/1.0 401 No\nCSeq: " + TestPeer.header(head, "CSeq")
                                + "\nWWW-Authenticate: Digest realm=\"c\", nonce=\"n\"\nContent-Length: 3\n\nabc"
                        : ok(head, "Public: PLAY\n")));
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            // When
            List<String> answer = player.ask("OPTIONS", "", "");
            List<String> second = player.ask("SETUP", "/track1", "");

            // Then
            assertThat(answer).startsWith("RTSP/1.0 200 OK", "CSeq: 1");
            assertThat(second).startsWith("RTSP/1.0 200 OK", "CSeq: 2");
            assertThat(camera.heads())
                    .extracting(head -> head.get(0))
                    .containsExactly(
                            "OPTIONS " + address(camera) + " RTSP/1.0",
                            "OPTIONS " + address(camera) + " RTSP/1.0",
                            "SETUP " + address(camera) + "/track1 RTSP/1.0");
            assertThat(camera.heads().toString()).doesNotContain("s3cret").contains("username=\"hub\"");
        }
    }

    @Test
    void shouldPassARefusedLoginOnAfterItsTries() throws Exception {
        TestPeer.Habit habit =
                (head, out) -> out.write(TestPeer.bytes("RTSP/1.0 401 No\nCSeq: " + TestPeer.header(head, "CSeq")
                        + "\nWWW-Authenticate: Digest realm=\"c\", nonce=\"n\", stale=true\n\n"));
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            assertThat(player.ask("OPTIONS", "", "")).startsWith("RTSP/1.0 401 No");
            assertThat(camera.heads()).hasSize(3);
        }
    }

    @Test
    void shouldEndWithItsReasonOnARedirect() throws Exception {
        TestPeer.Habit habit = (head, out) ->
                out.write(TestPeer.bytes("RTSP/1.0 302 Moved\nCSeq: 1\nLocation: rtsp://127.0.0.1:8554/admin\n\n"));
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            assertThat(player.ask("OPTIONS", "", "")).isEmpty();
            assertThat(relay.trouble().orElseThrow().reason()).isEqualTo(ConnectionException.Reason.REDIRECTED);
            assertThat(relay.trouble().orElseThrow()).hasMessageContaining("rtsp://127.0.0.1:8554/admin");
        }
    }

    @Test
    void shouldNotBelieveHugeLengths() throws Exception {
        TestPeer.Habit habit =
                (head, out) -> out.write(TestPeer.bytes("RTSP/1.0 200 OK\nCSeq: 1\nContent-Length: 4294967295\n\n"));
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            assertThat(player.ask("DESCRIBE", "", "")).isEmpty();
            assertThat(relay.trouble().orElseThrow()).hasMessageContaining("claims 4294967295 bytes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RTP/AVP;unicast;client_port=5000-5001;source=10.9.9.9;server_port=22-23 | RTP/AVP;unicast;client_port=5000-5001;server_port=22-23;source=127.0.0.1",
                "RTP/AVP;unicast;source=10.9.9.9;server_port=22-23 | RTP/AVP;unicast;server_port=22-23;source=127.0.0.1",
                "RTP/AVP;unicast;server_port=22-23 | RTP/AVP;unicast;server_port=22-23;source=127.0.0.1",
                "RTP/AVP/UDP;/source=10.9.9.9;destination=10.9.9.9 | RTP/AVP/UDP;unicast;source=127.0.0.1",
                "RTP/AVP;server_port=22,RTP/AVP;source=10.9.9.9 | RTP/AVP;unicast;server_port=22;source=127.0.0.1",
                "rtp/avp/tcp; unicast; interleaved=0-1;source=10.9.9.9 | rtp/avp/tcp;unicast;interleaved=0-1",
            })
    void shouldLetReportsGoToTheCameraOnly(String answered, String passedOn) throws Exception {
        TestPeer.Habit habit = (head, out) -> out.write(TestPeer.bytes(ok(head, "Transport: " + answered + "\n")));
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            assertThat(player.ask("SETUP", "", "Transport: RTP/AVP;unicast;client_port=5000-5001\r\n"))
                    .filteredOn(line -> line.contains("RTP/") || line.contains("rtp/"))
                    .containsExactly("Transport: " + passedOn);
        }
    }

    /** FFmpeg leaves carriage returns out, ends a line at a zero, and takes a dollar sign at its beginning for a packet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Trans\rport: RTP/AVP;source=10.9.9.9\n",
                "$\0\0\3xyzTransport: RTP/AVP;source=10.9.9.9\n",
                "transport:RTP/AVP;source=10.9.9.9\nTRANSPORT: RTP/AVP;source=10.9.9.9\n",
                "Content-Length: 2\nContent-Length: 0\nX: \0Transport: RTP/AVP;source=10.9.9.9\n",
            })
    void shouldPassOnOnlyLinesThatMeanTheSameToBoth(String lines) throws Exception {
        TestPeer.Habit habit = (head, out) -> {
            String text = "RTSP/1.0 200 OK\nCSeq: 1\n" + lines + "\n" + (lines.contains("Length") ? "ab" : "");
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        };
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            assertThat(player.ask("SETUP", "", "").toString())
                    .startsWith("[RTSP/1.0 200 OK, CSeq: 1")
                    .doesNotContain("10.9.9.9", "Content-Length: 0");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RTP/AVP;multicast;destination=239.1.1.1;port=5000-5001 | sends to a multicast group",
                "x-real-rdt/udp;server_port=22;source=10.9.9.9 | a transport that nobody asked for"
            })
    void shouldRefuseATransportThatNobodyAskedFor(String answered, String reason) throws Exception {
        TestPeer.Habit habit = (head, out) -> out.write(TestPeer.bytes(ok(head, "Transport: " + answered + "\n")));
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            assertThat(player.ask("SETUP", "", "")).isEmpty();
            assertThat(relay.trouble().orElseThrow()).hasMessageContaining(reason);
        }
    }

    @Test
    void shouldPassRequestsOfTheCameraOnWithoutATransport() throws Exception {
        TestPeer.Habit habit = (head, out) -> {
            out.write(TestPeer.bytes("OPTIONS * RTSP/1.0\nCSeq: 9\nTransport: RTP/AVP;source=10.9.9.9\n\n"));
            out.write(TestPeer.bytes(ok(head, "")));
        };
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            assertThat(player.ask("OPTIONS", "", "")).containsExactly("OPTIONS * RTSP/1.0", "CSeq: 9");
        }
    }

    /** To FFmpeg this is an answer, and what follows are its headers. */
    @Test
    void shouldRefuseAFirstLineThatReadsOtherwiseToFfmpeg() throws Exception {
        String first = "R\rTSP/1.0 200 OK\nTransport: RTP/AVP;source=10.9.9.9\n\n";
        TestPeer.Habit habit = (head, out) -> out.write(first.getBytes(StandardCharsets.ISO_8859_1));
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            assertThat(player.ask("SETUP", "", "")).isEmpty();
            assertThat(relay.trouble().orElseThrow()).hasMessageContaining("neither HTTP nor RTSP");
        }
    }

    @Test
    void shouldCarryPacketsBothWays() throws Exception {
        byte[] packet = {'$', (byte) 255, 0, 3, 'R', 'T', 'P'};
        TestPeer.Habit habit = (head, out) -> {
            out.write(packet);
            out.write(TestPeer.bytes(ok(head, "")));
        };
        try (var camera = new TestPeer(habit);
                var relay = relay(camera, LOGIN);
                var player = new Player(relay)) {
            player.send("GET_PARAMETER " + relay.address() + " RTSP/1.0\r\nCSeq: 1\r\n\r\n");
            assertThat(player.in().readNBytes(packet.length)).isEqualTo(packet);
        }
    }

    @Test
    void shouldServeNobodyWhoDoesNotKnowTheToken() throws Exception {
        try (var camera = new TestPeer((head, out) -> out.write(TestPeer.bytes(ok(head, ""))));
                var relay = relay(camera, LOGIN)) {
            URI address = URI.create(relay.address());
            try (var stranger = new Socket(address.getHost(), address.getPort())) {
                stranger.getOutputStream().write(TestPeer.bytes("OPTIONS rtsp://127.0.0.1/x RTSP/1.0\nCSeq: 1\n\n"));
                assertThat(stranger.getInputStream().read()).isEqualTo(-1);
            }
            try (var player = new Player(relay)) {
                assertThat(player.ask("OPTIONS", "", "")).startsWith("RTSP/1.0 200 OK");
            }
            assertThat(camera.heads()).hasSize(1);
        }
    }

    @Test
    void shouldMakeNoConnectionToAForbiddenAddress() throws Exception {
        try (var camera = new TestPeer((head, out) -> {})) {
            var target = new RtspTarget(address(camera), LOGIN, false);
            var dialer = new Dialer(AddressGuard.standard(), Tls.STANDARD);

            assertThatThrownBy(() -> RtspRelay.open(target, dialer, "relay", inTenSeconds()))
                    .isInstanceOfSatisfying(ConnectionException.class, refused -> assertThat(refused.reason())
                            .isEqualTo(ConnectionException.Reason.FORBIDDEN_ADDRESS));
            assertThat(camera.connections()).isZero();
        }
    }

    private static RtspRelay relay(TestPeer camera, Optional<Credentials> login) throws IOException {
        return RtspRelay.open(new RtspTarget(address(camera), login, false), DIALER, "relay", inTenSeconds());
    }

    private static long inTenSeconds() {
        return System.nanoTime() + 10_000_000_000L;
    }

    private static String address(TestPeer camera) {
        return "rtsp://127.0.0.1:" + camera.port() + "/cam?x=1";
    }

    /** Talks to a relay as FFmpeg does. */
    private static final class Player implements AutoCloseable {
        private final RtspRelay relay;
        private final Socket socket;
        private final BufferedReader lines;
        private int number;

        private Player(RtspRelay relay) throws IOException {
            URI address = URI.create(relay.address());
            this.relay = relay;
            this.socket = new Socket(address.getHost(), address.getPort());
            this.lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        /** @return the head of the answer, empty if the connection ended */
        private List<String> ask(String method, String more, String headers) throws IOException {
            send(method + " " + relay.address() + more + " RTSP/1.0\r\nCSeq: " + ++number + "\r\n" + headers + "\r\n");
            var head = new ArrayList<String>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                head.add(line);
            }
            return head;
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        private InputStream in() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
