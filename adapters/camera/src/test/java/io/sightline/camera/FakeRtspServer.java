package io.sightline.camera;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera that speaks just enough RTSP to be troublesome. */
final class FakeRtspServer implements AutoCloseable {
    /** What it does with a request. */
    enum Habit {
        NEVER_ANSWERS,
        ASKS_FOR_A_LOGIN,
        KNOWS_NO_STREAM,
        HANGS_UP,
        DESCRIBES_THEN_FREEZES,
        TALKS_NONSENSE,
        ASKS_AGAIN_AND_AGAIN,
        ASKS_AT_LENGTH,
        SENDS_ON_TO_ITSELF,
        CLAIMS_FOUR_GIGABYTES,
        CLAIMS_TWO_GIGABYTES,
        HAS_A_THOUSAND_STREAMS,
        HAS_NO_VIDEO,
        SENDS_ON_CHANNEL_255
    }

    private static final String SDP = """
            v=0
            o=- 0 0 IN IP4 127.0.0.1
            s=x
            c=IN IP4 127.0.0.1
            t=0 0
            a=control:*
            m=video 0 RTP/AVP 96
            a=rtpmap:96 MP4V-ES/90000
            a=fmtp:96 profile-level-id=1
            a=control:track1
            """.replace("\n", "\r\n");

    private final ServerSocket server;
    private final Habit habit;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    FakeRtspServer(Habit habit) throws IOException {
        this.habit = habit;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** A port at which nobody listens. */
    static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "fake-rtsp");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "rtsp://127.0.0.1:" + server.getLocalPort() + "/cam";
    }

    int connections() {
        return connections.get();
    }

    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                connections.incrementAndGet();
                start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            String sequence = "0";
            String request = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requests.add(line);
                if (line.contains("RTSP/1.0")) {
                    request = line;
                } else if (line.startsWith("CSeq:")) {
                    sequence = line.substring(5).trim();
                } else if (line.isEmpty()) {
                    if (habit == Habit.HANGS_UP) {
                        return;
                    }
                    answer(client, request, sequence);
                }
            }
        } catch (IOException ignored) {
            // the client has gone
        }
    }

    private void answer(Socket client, String request, String sequence) throws IOException {
        String text =
                switch (habit) {
                    case NEVER_ANSWERS, HANGS_UP -> "";
                    case ASKS_FOR_A_LOGIN ->
                        "RTSP/1.0 401 Unauthorized\r\nCSeq: " + sequence
                                + "\r\nWWW-Authenticate: Digest realm=\"cam\", nonce=\"0123456789abcdef\"\r\n\r\n";
                    case KNOWS_NO_STREAM -> "RTSP/1.0 404 Not Found\r\nCSeq: " + sequence + "\r\n\r\n";
                    case DESCRIBES_THEN_FREEZES -> goodAnswer(request, sequence);
                    case TALKS_NONSENSE -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
                    case ASKS_AGAIN_AND_AGAIN -> refusal(sequence, "cam\", stale=\"true");
                    case ASKS_AT_LENGTH -> refusal(sequence, "r".repeat(10_240));
                    case SENDS_ON_TO_ITSELF ->
                        "RTSP/1.0 302 Moved\r\nCSeq: " + sequence + "\r\nLocation: " + address() + "2\r\n\r\n";
                    case CLAIMS_FOUR_GIGABYTES -> claim(sequence, "4294967295");
                    case CLAIMS_TWO_GIGABYTES -> claim(sequence, "2147483646");
                    case HAS_A_THOUSAND_STREAMS -> goodAnswer(request, sequence, media("m=video 0 RTP/AVP 96", 1000));
                    case HAS_NO_VIDEO -> goodAnswer(request, sequence, media("m=audio 0 RTP/AVP 0", 1));
                    case SENDS_ON_CHANNEL_255 -> goodAnswer(request, sequence) + packetsAfter(request);
                };
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    private static String refusal(String sequence, String realm) {
        return "RTSP/1.0 401 Unauthorized\r\nCSeq: " + sequence + "\r\nWWW-Authenticate: Digest realm=\"" + realm
                + "\", nonce=\"0123456789abcdef\"\r\n\r\n";
    }

    private static String claim(String sequence, String length) {
        return "RTSP/1.0 200 OK\r\nCSeq: " + sequence + "\r\nContent-Type: application/sdp\r\nContent-Length: " + length
                + "\r\n\r\n" + "v=0\r\n".repeat(100);
    }

    private static String media(String line, int count) {
        return SDP.substring(0, SDP.indexOf("m=")) + (line + "\r\na=control:track1\r\n").repeat(count);
    }

    private static String packetsAfter(String request) {
        return request.startsWith("PLAY") ? "$\u00ff\u0000\u0004abcd".repeat(50) : "";
    }

    private static String goodAnswer(String request, String sequence) {
        return goodAnswer(request, sequence, SDP);
    }

    private static String goodAnswer(String request, String sequence, String sdp) {
        String head = "RTSP/1.0 200 OK\r\nCSeq: " + sequence + "\r\nSession: 1\r\n";
        if (request.startsWith("DESCRIBE")) {
            return head + "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp;
        }
        if (request.startsWith("SETUP")) {
            return head + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n";
        }
        return head + "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
