package io.sightline.engine.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The requests that wait for an answer, so that they can be sent again with a login. Any thread. */
final class RtspRequests {
    private static final int MOST = 8;
    private static final int MOST_TRIES = 3;

    /**
     * @param head as FFmpeg meant it, with the camera's address, without a login
     * @param tries how often it was sent
     */
    private record Waiting(MessageHead head, byte[] body, int tries, boolean login) {}

    /** What is to be sent. */
    record Sent(MessageHead head, byte[] body) {}

    private final Logins logins;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    RtspRequests(Optional<Credentials> credentials) {
        this.logins = new Logins(credentials);
    }

    /** Remembers a request. @return what to send: with the login, once the camera has asked for one */
    synchronized MessageHead sending(MessageHead meant, byte[] body) {
        return sending(meant, body, 1);
    }

    private MessageHead sending(MessageHead meant, byte[] body, int tries) {
        String[] parts = meant.first().split(" ", 3);
        Optional<String> login = logins.authorization(parts[0], parts.length > 1 ? parts[1] : "*");
        if (waiting.size() >= MOST) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        waiting.put(number(meant), new Waiting(meant, body, tries, login.isPresent()));
        return login.map(value -> meant.with("Authorization", value)).orElse(meant);
    }

    /** @return the request that was refused with this answer, with a login; empty if that makes no sense */
    synchronized Optional<Sent> again(MessageHead refusal) {
        Waiting refused = waiting.remove(number(refusal));
        boolean sensible = refused != null
                && refused.tries() < MOST_TRIES
                && logins.challenged(refusal.all("WWW-Authenticate"), refused.login());
        return sensible
                ? Optional.of(new Sent(sending(refused.head(), refused.body(), refused.tries() + 1), refused.body()))
                : Optional.empty();
    }

    private static String number(MessageHead message) {
        return message.value("CSeq").orElse("");
    }
}
