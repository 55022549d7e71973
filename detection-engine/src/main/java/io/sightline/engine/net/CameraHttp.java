package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks one HTTP camera for pictures (HTTP/1.1, GET only). Keeps its connection where the camera does. Unlike Java's own
 * client it connects to the address that was checked, whatever the name resolves to a moment later.
 *
 * <p>A redirect is followed {@value #MOST_REDIRECTS} times at most, never from {@code https} to {@code http}, each target
 * checked; the login goes to the configured host and port only. One thread; {@link #close} from any.
 */
public final class CameraHttp implements Closeable {
    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_TRIES = 8;
    private static final int LONGEST_VALIDATOR = 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Dialer dialer;
    private final URI start;
    private final Logins logins;
    private Dialer.@Nullable Place at;
    private volatile @Nullable Wire wire;
    private volatile boolean closed;
    private Body body = Body.NONE;
    private boolean reusable;

    /**
     * @param start {@code http:} or {@code https:} with a host, without a login
     * @param credentials for cameras that ask for a login
     */
    public CameraHttp(Dialer dialer, URI start, Optional<Credentials> credentials) {
        this.dialer = dialer;
        this.start = start;
        this.logins = new Logins(credentials);
    }

    /**
     * An answer.
     *
     * @param body to be read before the next request
     */
    public record Answer(int status, Optional<String> type, Map<String, String> validators, InputStream body) {}

    /**
     * Asks once, with as many requests as logins and redirects take.
     *
     * @param conditions headers of the request, for example {@code If-None-Match}
     * @param deadlineNanos of {@link System#nanoTime}: until the head of the answer is there
     * @throws ConnectionException if no answer can be had
     * @throws SocketTimeoutException if none came in time
     */
    public Answer get(Map<String, String> conditions, long deadlineNanos) throws IOException {
        URI target = start;
        int redirects = 0;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            boolean home = place(target).equals(place(start));
            Optional<String> login = home ? logins.authorization("GET", path(target)) : Optional.empty();
            MessageHead head = exchange(target, conditions, login, deadlineNanos);
            int status = head.status();
            if (REDIRECTS.contains(status)) {
                target = next(target, head, ++redirects);
            } else if (status != 401 || !home || !logins.challenged(head.all("WWW-Authenticate"), login.isPresent())) {
                return answer(head);
            }
            forget();
        }
        throw new ConnectionException(Reason.UNAUTHORIZED, "asks for the login again and again");
    }

    /** What is left of an answer that nobody wants, where its end is known. */
    private void forget() throws IOException {
        if (body.endKnown()) {
            body.readNBytes(MessageHead.LONGEST);
        }
    }

    private static URI next(URI from, MessageHead head, int redirects) throws ConnectionException {
        String location = head.value("Location").orElse("");
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new ConnectionException(Reason.REDIRECTED, "sends on to something that is no address");
        }
        boolean web = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
        boolean downgrade = "https".equals(from.getScheme()) && "http".equals(to.getScheme());
        boolean plain = to.getHost() != null && to.getRawUserInfo() == null && to.getPort() <= 65535;
        if (!web || downgrade || !plain || redirects > MOST_REDIRECTS) {
            String where = to.getHost() == null ? "" : " to " + to.getScheme() + "://" + to.getHost();
            String why = redirects > MOST_REDIRECTS ? "sends on again and again" : "sends on" + where;
            throw new ConnectionException(Reason.REDIRECTED, why + ", which is not followed");
        }
        return URI.create(to.toASCIIString());
    }

    private Answer answer(MessageHead head) throws ConnectionException {
        var validators = new HashMap<String, String>();
        validator(head, "ETag").ifPresent(tag -> validators.put("If-None-Match", tag));
        validator(head, "Last-Modified").ifPresent(time -> validators.put("If-Modified-Since", time));
        return new Answer(head.status(), head.value("Content-Type"), Map.copyOf(validators), body);
    }

    /** Comes back in our own request, so nothing odd may be in it. */
    private static Optional<String> validator(MessageHead head, String name) {
        return head.value(name)
                .filter(value ->
                        value.length() <= LONGEST_VALIDATOR && value.chars().noneMatch(Character::isISOControl));
    }

    private MessageHead exchange(URI target, Map<String, String> conditions, Optional<String> login, long deadline)
            throws IOException {
        byte[] request = request(target, conditions, login);
        Dialer.Place place = place(target);
        boolean kept = reusable && place.equals(at) && body.ended();
        try {
            return kept ? sent(request, deadline) : fresh(place, request, deadline);
        } catch (ConnectionException | SocketTimeoutException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            if (!kept || closed) {
                throw new ConnectionException(Reason.LOST, "connection lost (" + Dialer.words(e) + ")");
            }
            return fresh(place, request, deadline); // the camera had closed it meanwhile
        }
    }

    private MessageHead fresh(Dialer.Place place, byte[] request, long deadline) throws IOException {
        Wire old = wire;
        if (old != null) {
            old.close();
        }
        Wire dialled = dialer.dial(place, deadline);
        wire = dialled;
        at = place;
        if (closed) {
            dialled.close();
        }
        try {
            return sent(request, deadline);
        } catch (SocketTimeoutException | ClosedByInterruptException | ConnectionException e) {
            throw e;
        } catch (IOException e) {
            throw new ConnectionException(Reason.LOST, "connection lost (" + Dialer.words(e) + ")");
        }
    }

    private MessageHead sent(byte[] request, long deadline) throws IOException {
        Wire open = wire();
        reusable = false;
        open.readUntil(deadline);
        open.out().write(request);
        open.out().flush();
        MessageHead head = MessageHead.read(open.in());
        while (head.status() / 100 == 1) {
            head = MessageHead.read(open.in());
        }
        reusable = head.first().startsWith("HTTP/1.1")
                && head.value("Connection").filter("close"::equalsIgnoreCase).isEmpty();
        body = Body.of(head, open.in());
        return head;
    }

    private Wire wire() {
        Wire open = wire;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    /** Until when the body of the last answer may be read. */
    public void readUntil(long deadlineNanos) {
        wire().readUntil(deadlineNanos);
    }

    private static byte[] request(URI target, Map<String, String> conditions, Optional<String> login) {
        String port = target.getPort() < 0 ? "" : ":" + target.getPort();
        var text = new StringBuilder("GET " + path(target) + " HTTP/1.1\r\n")
                .append("Host: " + target.getHost() + port + "\r\n")
                .append("User-Agent: Sightline\r\n")
                .append("Accept: multipart/x-mixed-replace, image/jpeg\r\n");
        conditions.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        login.ifPresent(value -> text.append("Authorization: " + value + "\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String path(URI target) {
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        return target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
    }

    private static Dialer.Place place(URI target) {
        boolean secure = "https".equals(target.getScheme());
        int standard = secure ? 443 : 80;
        return new Dialer.Place(secure, target.getHost(), target.getPort() < 0 ? standard : target.getPort());
    }

    /** Ends whatever waits for the camera. */
    @Override
    public void close() {
        closed = true;
        Wire open = wire;
        if (open != null) {
            open.close();
        }
    }
}
