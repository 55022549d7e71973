package io.sightline.hub.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.spine.DeadLetter;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.LetterFilter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What an administrator does to dead letters through JMX; each act is in the log. Any thread. */
final class DeadLetterOperations implements DeadLettersMXBean {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterOperations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGE = "ID:";
    private static final int MOST_LISTED = 1000;

    private final DeadLetters letters;

    DeadLetterOperations(DeadLetters letters) {
        this.letters = letters;
    }

    @Override
    public long getCount() {
        return letters.count();
    }

    @Override
    public String list(String sink, String cause, int limit) {
        return json(letters.list(filter(sink, cause), Math.min(Math.max(limit, 1), MOST_LISTED)).stream()
                .map(DeadLetterOperations::view)
                .toList());
    }

    @Override
    public String show(String id) {
        return letters.find(MESSAGE + id)
                .map(letter -> {
                    Map<String, Object> view = view(letter);
                    view.put("event", new String(letter.event(), StandardCharsets.UTF_8));
                    return json(view);
                })
                .orElse("");
    }

    @Override
    public boolean replay(String id) {
        return told("replay", id, letters.replay(MESSAGE + id));
    }

    @Override
    public boolean replayTo(String id, String sink) {
        return told("replay to " + sink, id, letters.replay(MESSAGE + id, sink));
    }

    @Override
    public int replayMany(String sink, String cause, int limit) {
        return told("replay", sink + " " + cause, letters.replay(filter(sink, cause), null, limit));
    }

    @Override
    public int replayManyTo(String sink, String cause, String target, int limit) {
        return told("replay to " + target, sink + " " + cause, letters.replay(filter(sink, cause), target, limit));
    }

    @Override
    public boolean remove(String id) {
        return told("remove", id, letters.remove(MESSAGE + id));
    }

    @Override
    public int removeMany(String sink, String cause, int limit) {
        return told("remove", sink + " " + cause, letters.remove(filter(sink, cause), limit));
    }

    private static LetterFilter filter(String sink, String cause) {
        return new LetterFilter(given(sink), given(cause), null, null);
    }

    private static @Nullable String given(String text) {
        return Optional.ofNullable(text).filter(some -> !some.isBlank()).orElse(null);
    }

    private static Map<String, Object> view(DeadLetter letter) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", letter.id().substring(MESSAGE.length()));
        view.put("queue", letter.queue());
        view.put("cause", letter.cause());
        view.put("attempts", letter.attempts());
        view.put("first", letter.first().toString());
        view.put("since", letter.since().toString());
        view.put("bytes", letter.event().length);
        return view;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the letters cannot be written as JSON", e);
        }
    }

    private static <T> T told(String act, String which, T result) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        LOG.atInfo()
                .addKeyValue("act", act)
                .addKeyValue("letters", which)
                .addKeyValue("result", result)
                .addKeyValue("caller", caller == null ? "jmx" : caller.getName())
                .log("changed dead letters through JMX");
        return result;
    }
}
