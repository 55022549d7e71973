package io.sightline.hub.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/**
 * An error as callers see it (RFC 9457).
 *
 * @param detail for people, never an exception's text
 * @param errorId also in the log
 */
public record Problem(int status, String detail, String errorId) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(int status, String detail) {
        return new Problem(status, detail, UUID.randomUUID().toString());
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
        return members;
    }
}
