package io.sightline.hub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.spine.DeadLetter;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.Orphan;
import io.sightline.hub.spine.Spine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations on what waits in the spine and is not read: dead letters and orphaned queues. */
public final class QueueOperations {
    private static final Logger LOG = LoggerFactory.getLogger(QueueOperations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_LIMIT = 100;
    private static final String MESSAGE = "ID:";

    private final DeadLetters letters;
    private final Spine spine;

    QueueOperations(DeadLetters letters, Spine spine) {
        this.letters = letters;
        this.spine = spine;
    }

    public Map<String, Object> deadLetters(@Header("limit") @Nullable Integer limit) {
        List<Map<String, @Nullable Object>> oldest = letters.list(limit == null ? USUAL_LIMIT : limit).stream()
                .map(QueueOperations::view)
                .toList();
        return Map.of("dead_letters", oldest, "total", letters.count());
    }

    private static Map<String, @Nullable Object> view(DeadLetter letter) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", letter.id().substring(MESSAGE.length()));
        view.put("queue", letter.queue());
        view.put("cause", letter.cause());
        view.put("attempts", letter.attempts());
        view.put("since", letter.since());
        view.put("bytes", letter.event().length);
        view.put("event", event(letter));
        return view;
    }

    /** Null where it is no JSON, which may be why it was rejected. */
    private static @Nullable JsonNode event(DeadLetter letter) {
        try {
            JsonNode event = JSON.readTree(letter.event());
            return event != null && event.isObject() ? event : null;
        } catch (IOException e) {
            return null;
        }
    }

    public void replay(@Header("id") String id) {
        try {
            done(letters.replay(MESSAGE + id), "The dead letter");
        } catch (IllegalStateException e) {
            throw new ProblemException(
                    409, "The queue that it came from does not exist; start the route that reads it first.");
        }
        log("replayed a dead letter", id);
    }

    public void remove(@Header("id") String id) {
        done(letters.remove(MESSAGE + id), "The dead letter");
        log("removed a dead letter", id);
    }

    public Map<String, Object> orphans() {
        return Map.of(
                "orphans", spine.orphans().stream().map(QueueOperations::view).toList());
    }

    private static Map<String, @Nullable Object> view(Orphan orphan) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", id(orphan));
        view.put("name", orphan.queue());
        view.put("address", orphan.address());
        view.put("owner", orphan.owner());
        view.put("messages", orphan.messages());
        view.put("bytes", orphan.bytes());
        return view;
    }

    /** Clients may give their queues names that no path can hold. */
    private static String id(Orphan orphan) {
        return UUID.nameUUIDFromBytes(orphan.queue().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** @param named its name or its id */
    public void removeOrphan(@Header("queue") String named) {
        String queue = spine.orphans().stream()
                .filter(orphan -> orphan.queue().equals(named) || id(orphan).equals(named))
                .map(Orphan::queue)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("The orphaned queue"));
        done(spine.removeOrphan(queue), "The orphaned queue");
        log("removed an orphaned queue", queue);
    }

    private static void done(boolean itWas, String what) {
        if (!itWas) {
            throw ProblemException.notFound(what);
        }
    }

    private static void log(String what, String id) {
        LOG.atInfo()
                .addKeyValue("id", id)
                .addKeyValue("caller", CallerArgument.current().getName())
                .log("{} through REST", what);
    }
}
