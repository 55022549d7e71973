package io.sightline.hub.api;

import static io.sightline.hub.api.DetectionOperations.text;
import static io.sightline.hub.api.DetectionOperations.time;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.spine.DeadLetter;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.LetterFilter;
import io.sightline.hub.spine.Orphan;
import io.sightline.hub.spine.Spine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations on what waits in the spine and is not read: dead letters and orphaned queues. */
public final class QueueOperations {
    private static final Logger LOG = LoggerFactory.getLogger(QueueOperations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final int USUAL_LIMIT = 100;
    private static final int MANY = 1000;
    private static final String MESSAGE = "ID:";

    private final DeadLetters letters;
    private final Spine spine;

    QueueOperations(DeadLetters letters, Spine spine) {
        this.letters = letters;
        this.spine = spine;
    }

    public Map<String, Object> deadLetters(@Headers Map<String, Object> parameters) {
        var filter = new LetterFilter(
                text(parameters, "sink"),
                text(parameters, "cause"),
                time(parameters, "start_time"),
                time(parameters, "end_time"));
        String limit = text(parameters, "limit");
        List<Map<String, @Nullable Object>> oldest =
                letters.list(filter, limit == null ? USUAL_LIMIT : Integer.parseInt(limit)).stream()
                        .map(QueueOperations::view)
                        .toList();
        return Map.of("dead_letters", oldest, "total", letters.count());
    }

    public Map<String, @Nullable Object> deadLetter(@Header("id") String id) {
        DeadLetter letter = letters.find(MESSAGE + id).orElseThrow(() -> ProblemException.notFound("The dead letter"));
        Map<String, @Nullable Object> view = view(letter);
        view.put("raw", Base64.getEncoder().encodeToString(letter.event()));
        return view;
    }

    private static Map<String, @Nullable Object> view(DeadLetter letter) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", letter.id().substring(MESSAGE.length()));
        view.put("queue", letter.queue());
        view.put("cause", letter.cause());
        view.put("attempts", letter.attempts());
        view.put("first", letter.first());
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

    /** @param to sink that is to get it; null for where it came from */
    public void replay(@Header("id") String id, @Header("to") @Nullable String to) {
        try {
            done(letters.replay(MESSAGE + id, to), "The dead letter");
        } catch (IllegalStateException e) {
            throw noQueue(to);
        }
        log("replayed a dead letter", id);
    }

    private static ProblemException noQueue(@Nullable String to) {
        String which = to == null ? "The queue that it came from" : "The queue of sink '" + to + "'";
        return new ProblemException(409, which + " does not exist; start the route that reads it first.");
    }

    public Map<String, Object> replayMany(@Body byte[] body) {
        JsonNode wanted = choice(body);
        String to = field(wanted, "to");
        try {
            int replayed =
                    letters.replay(filter(wanted), to, wanted.path("limit").asInt(MANY));
            log("replayed " + replayed + " dead letters", wanted.toString());
            return Map.of("letters", replayed);
        } catch (IllegalStateException e) {
            throw noQueue(to);
        }
    }

    public Map<String, Object> removeMany(@Body byte[] body) {
        JsonNode wanted = choice(body);
        if (wanted.has("to")) {
            throw new ProblemException(400, "to: what is removed goes to no sink; leave it out.");
        }
        int removed = letters.remove(filter(wanted), wanted.path("limit").asInt(MANY));
        log("removed " + removed + " dead letters", wanted.toString());
        return Map.of("letters", removed);
    }

    /** What nobody chose by mistake: an empty choice is none. */
    private static JsonNode choice(byte[] body) {
        try {
            JsonNode wanted = JSON.readTree(body);
            boolean chosen =
                    Stream.of("sink", "cause", "start_time", "end_time").anyMatch(wanted::hasNonNull);
            if (chosen == wanted.path("all").asBoolean()) {
                throw new ProblemException(
                        400, "Say which: sink, cause, start_time or end_time; or all: true without them.");
            }
            return wanted;
        } catch (IOException e) {
            throw new ProblemException(400, "The body is not JSON.");
        }
    }

    private static LetterFilter filter(JsonNode wanted) {
        return new LetterFilter(
                field(wanted, "sink"),
                field(wanted, "cause"),
                time(JSON.convertValue(wanted, FIELDS), "start_time"),
                time(JSON.convertValue(wanted, FIELDS), "end_time"));
    }

    private static @Nullable String field(JsonNode wanted, String name) {
        return wanted.hasNonNull(name) ? wanted.path(name).asText() : null;
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

    /** @param nameOrId of the queue */
    public void removeOrphan(@Header("queue") String nameOrId) {
        String queue = spine.orphans().stream()
                .filter(orphan -> orphan.queue().equals(nameOrId) || id(orphan).equals(nameOrId))
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
