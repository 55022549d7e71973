package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands between FFmpeg and a camera where FFmpeg alone is not to be trusted with the way: RTSP over TLS (it does not
 * check the name in a certificate and knows no pins), over an HTTP tunnel (it would make connections of its own), and
 * over UDP (it would send wherever the camera says).
 *
 * <pre>
 *  FFmpeg ──rtsp://127.0.0.1:port/token──► RtspRelay ──► Wire (TCP, TLS) or HttpTunnel ──► camera
 * </pre>
 *
 * Addresses in requests become the camera's, logins are added here and never reach FFmpeg, redirects end the connection
 * with their reason. The one connection that is taken on this side must know the token, which is made anew each time.
 * Two threads per relay, which end with it.
 */
public final class RtspRelay implements Closeable {
    private static final int STACK = 256 << 10;
    private static final int BUFFER = 16 << 10;
    private static final int LONGEST_BODY = 1 << 20;
    private static final int GUEST_PATIENCE_MILLIS = 2000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RtspTarget target;
    private final RtspUpstream camera;
    private final RtspRequests requests;
    private final ServerSocket door;
    private final String token;
    private volatile @Nullable Socket player;
    private volatile @Nullable ConnectionException trouble;
    private volatile boolean closed;

    private RtspRelay(RtspTarget target, RtspUpstream camera) throws IOException {
        this.target = target;
        this.camera = camera;
        this.requests = new RtspRequests(target.credentials());
        byte[] secret = new byte[16];
        RANDOM.nextBytes(secret);
        this.token = HexFormat.of().formatHex(secret);
        byte[] loopback = camera.peer() instanceof Inet6Address
                ? new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
                : new byte[] {127, 0, 0, 1};
        this.door = new ServerSocket(0, 1, InetAddress.getByAddress(loopback));
    }

    /**
     * Connects to the camera, and waits for FFmpeg on loopback.
     *
     * @param name of the camera, for its threads
     * @throws IOException if the camera cannot be reached; a {@link ConnectionException} says why
     */
    public static RtspRelay open(RtspTarget target, Dialer dialer, String name, long deadlineNanos) throws IOException {
        RtspUpstream camera = target.tunnel()
                ? HttpTunnel.open(target, dialer, deadlineNanos)
                : RtspUpstream.direct(dialer.dial(target.place(), deadlineNanos));
        try {
            var relay = new RtspRelay(target, camera);
            relay.start(name + "-up", relay::up);
            return relay;
        } catch (IOException | RuntimeException | Error e) {
            camera.close();
            throw e;
        }
    }

    private void start(String name, Pump pump) {
        var thread = new Thread(null, () -> run(pump), name, STACK);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // no more threads
            close();
            throw e;
        }
    }

    private interface Pump {
        void run() throws IOException;
    }

    private void run(Pump pump) {
        try {
            pump.run();
        } catch (ConnectionException e) {
            trouble = e;
        } catch (IOException | RuntimeException e) {
            // one side has closed: the other is told by closing it, too
        } finally {
            close();
        }
    }

    /** What FFmpeg is to open. */
    public String address() {
        String host = door.getInetAddress().getHostAddress();
        return "rtsp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + door.getLocalPort() + "/" + token;
    }

    /** Why the relay itself ended the connection, if it did. */
    public Optional<ConnectionException> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void up() throws IOException {
        while (!closed) {
            Socket guest = door.accept();
            try {
                guest.setSoTimeout(GUEST_PATIENCE_MILLIS);
                var in = new BufferedInputStream(guest.getInputStream(), BUFFER);
                MessageHead first = MessageHead.read(in);
                if (first.first().contains(address())) {
                    serve(guest, first, in);
                }
            } finally {
                quietly(guest);
            }
        }
    }

    private void serve(Socket guest, MessageHead first, BufferedInputStream in) throws IOException {
        player = guest;
        door.close();
        guest.setTcpNoDelay(true);
        guest.setSoTimeout(0);
        start(Thread.currentThread().getName().replaceFirst("-up$", "-down"), () -> down(guest));
        send(first, in);
        forward(in);
    }

    private void forward(BufferedInputStream in) throws IOException {
        while (true) {
            int next = peek(in);
            if (next == '$') {
                camera.send(packet(in));
            } else {
                send(MessageHead.read(in), in);
            }
        }
    }

    private void send(MessageHead request, InputStream in) throws IOException {
        byte[] body = body(request, in);
        String line = request.first().replace(address(), target.address());
        MessageHead meant = request.withFirst(line).without("Authorization");
        camera.send(joined(requests.sending(meant, body).bytes(), body));
    }

    private void down(Socket guest) throws IOException {
        InputStream in = camera.in();
        var out = new BufferedOutputStream(guest.getOutputStream(), BUFFER);
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the camera closed the connection");
            }
            if (next == '$') {
                copyPacket(in, out);
            } else if (Character.isLetter(next)) {
                answer(MessageHead.read(new Begun((char) next, in)), out);
            } else {
                out.write(next); // FFmpeg skips what it does not know between packets
            }
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private void answer(MessageHead head, OutputStream out) throws IOException {
        byte[] body = body(head, camera.in());
        if (!head.first().startsWith("RTSP/")) { // a request of the camera's own
            pass(head, body, out);
            return;
        }
        int status = head.status();
        if (status / 100 == 3) {
            throw redirected(head);
        }
        Optional<RtspRequests.Sent> again = status == 401 ? requests.again(head) : Optional.empty();
        if (again.isPresent()) {
            camera.send(joined(again.get().head().bytes(), again.get().body()));
            return;
        }
        pass(head, body, out);
        out.flush();
    }

    private void pass(MessageHead head, byte[] body, OutputStream out) throws IOException {
        out.write(joined(CheckedHead.of(head, body.length, camera.peer()).bytes(), body));
    }

    private static ConnectionException redirected(MessageHead head) {
        String to = head.value("Location").orElse("");
        boolean showable = to.length() <= 200 && to.matches("rtsps?://[A-Za-z0-9.:\\[\\]_/-]+");
        return new ConnectionException(
                Reason.REDIRECTED,
                "sends on" + (showable ? " to " + to : "") + ", which is not followed: give that address instead");
    }

    private static byte[] body(MessageHead head, InputStream in) throws IOException {
        long length = head.contentLength().orElse(0L);
        if (length > LONGEST_BODY) {
            throw new ConnectionException(
                    Reason.UNREADABLE, "its answer claims " + length + " bytes, allowed are " + LONGEST_BODY);
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("the camera closed the connection");
        }
        return body;
    }

    private static byte[] joined(byte[] head, byte[] body) {
        byte[] both = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, both, head.length, body.length);
        return both;
    }

    private static int peek(BufferedInputStream in) throws IOException {
        in.mark(1);
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the player closed the connection");
        }
        in.reset();
        return next;
    }

    /** RFC 2326, 10.12: a dollar sign, a channel, the length in two bytes, the packet. */
    private static byte[] packet(InputStream in) throws IOException {
        byte[] head = exactly(in, 4);
        return joined(head, exactly(in, (head[2] & 0xff) << 8 | head[3] & 0xff));
    }

    private void copyPacket(InputStream in, OutputStream out) throws IOException {
        byte[] head = exactly(in, 3);
        out.write('$');
        out.write(head);
        out.write(exactly(in, (head[1] & 0xff) << 8 | head[2] & 0xff));
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the camera closed the connection");
        }
        return bytes;
    }

    /** Ends both connections and the threads; any thread. */
    @Override
    public void close() {
        closed = true;
        camera.close();
        quietly(door);
        Socket guest = player;
        if (guest != null) {
            quietly(guest);
        }
    }

    private static void quietly(Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            // it is of no use any more, whether closing worked or not
        }
    }

    /** One byte that was read already, then the rest. */
    private static final class Begun extends InputStream {
        private final InputStream rest;
        private int first;

        private Begun(char first, InputStream rest) {
            this.first = first;
            this.rest = rest;
        }

        @Override
        public int read() throws IOException {
            int next = first;
            first = -1;
            return next >= 0 ? next : rest.read();
        }
    }
}
