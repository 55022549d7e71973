package io.sightline.hub.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error as callers see it (RFC 9457).
 *
 * @param detail for people, never an exception's text
 * @param errorId also in the log
 * @param problems each thing that is wrong, where there is a list
 */
public record Problem(int status, String detail, String errorId, List<Map<String, @Nullable String>> problems) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(int status, String detail) {
        return of(status, detail, List.of());
    }

    public static Problem of(int status, String detail, List<Map<String, @Nullable String>> problems) {
        return new Problem(status, detail, UUID.randomUUID().toString(), problems);
    }

    public String title() {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }

    /** The members, in the order in which they are written. */
    public Map<String, Object> members(String path) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "about:blank");
        members.put("title", title());
        members.put("status", status);
        members.put("detail", detail);
        members.put("instance", path);
        members.put("error_id", errorId);
        if (!problems.isEmpty()) {
            members.put("problems", problems);
        }
        return members;
    }
}
