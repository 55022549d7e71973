package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * RTSP through HTTP, as QuickTime did and ONVIF asks of cameras: a GET whose answer never ends brings what the camera
 * says, a POST whose body never ends takes what we say, in Base64. A cookie joins the two.
 */
final class HttpTunnel implements RtspUpstream {
    private static final int MOST_TRIES = 3;

    private final Wire down;
    private final Wire up;

    private HttpTunnel(Wire down, Wire up) {
        this.down = down;
        this.up = up;
        down.readUntil(Wire.FOREVER);
    }

    static HttpTunnel open(RtspTarget target, Dialer dialer, long deadlineNanos) throws IOException {
        byte[] random = new byte[11];
        new SecureRandom().nextBytes(random);
        var opening = new Opening(target, HexFormat.of().formatHex(random), new Logins(target.credentials()));
        Wire down = opening.get(dialer, deadlineNanos);
        try {
            return new HttpTunnel(down, opening.post(dialer, deadlineNanos));
        } catch (IOException | RuntimeException | Error e) {
            down.close();
            throw e;
        }
    }

    private record Opening(RtspTarget target, String cookie, Logins logins) {

        private Wire get(Dialer dialer, long deadlineNanos) throws IOException {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                Optional<String> login = logins.authorization("GET", target.path());
                Wire wire = dialer.dial(target.place(), deadlineNanos);
                try {
                    wire.readUntil(deadlineNanos);
                    wire.out().write(request("GET", "Accept: application/x-rtsp-tunnelled\r\n", login));
                    MessageHead head = MessageHead.read(wire.in());
                    if (head.status() == 200) {
                        return wire;
                    }
                    wire.close();
                    boolean again =
                            head.status() == 401 && logins.challenged(head.all("WWW-Authenticate"), login.isPresent());
                    if (!again) {
                        throw refused(head.status());
                    }
                } catch (SocketTimeoutException e) {
                    wire.close();
                    throw new ConnectionException(Reason.SILENT, "no answer in time");
                } catch (IOException | RuntimeException | Error e) {
                    wire.close();
                    throw e;
                }
            }
            throw new ConnectionException(Reason.UNAUTHORIZED, "asks for the login again and again");
        }

        private ConnectionException refused(int status) {
            if (status == 401 || status == 403) {
                return new ConnectionException(
                        Reason.UNAUTHORIZED,
                        target.credentials().isPresent()
                                ? "refused user name or password"
                                : "asks for a login, give username and password");
            }
            if (status / 100 == 3) {
                return new ConnectionException(Reason.REDIRECTED, "sends on to another address, which is not followed");
            }
            return new ConnectionException(
                    status == 404 ? Reason.NOT_FOUND : Reason.UNREACHABLE,
                    "opens no HTTP tunnel (answers " + status + "); try transport tcp");
        }

        private Wire post(Dialer dialer, long deadlineNanos) throws IOException {
            Wire wire = dialer.dial(target.place(), deadlineNanos);
            try {
                String more = "Content-Type: application/x-rtsp-tunnelled\r\nContent-Length: 32767\r\n"
                        + "Expires: Sun, 9 Jan 1972 00:00:00 GMT\r\n";
                wire.out().write(request("POST", more, logins.authorization("POST", target.path())));
                wire.out().flush();
                return wire;
            } catch (IOException | RuntimeException | Error e) {
                wire.close();
                throw e;
            }
        }

        private byte[] request(String method, String more, Optional<String> login) {
            String head = method + " " + target.path() + " HTTP/1.0\r\nHost: " + target.host()
                    + "\r\nUser-Agent: Sightline\r\nx-sessioncookie: " + cookie
                    + "\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n" + more
                    + login.map(value -> "Authorization: " + value + "\r\n").orElse("") + "\r\n";
            return head.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public InputStream in() {
        return down.in();
    }

    @Override
    public synchronized void send(byte[] message) throws IOException {
        up.out().write(Base64.getEncoder().encode(message));
        up.out().flush();
    }

    @Override
    public InetAddress peer() {
        return down.peer();
    }

    @Override
    public void close() {
        down.close();
        up.close();
    }
}
