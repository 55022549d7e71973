package io.sightline.hub.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, logs and writes problems. Any thread. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request is not as the contract says.",
            401, "A login is needed.",
            403, "This login may not do that.",
            404, "There is nothing at this address.",
            405, "This address knows other methods.",
            406, "None of the media types asked for can be had.",
            413, "The body is larger than 1 MiB.",
            415, "The body's media type is not one that this address takes.",
            431, "The headers are larger than 16 KiB.",
            503, "The hub is busy or not ready; try again in a moment.");

    private Problems() {}

    /** A problem with the usual words for its status. */
    public static Problem usual(int status) {
        return Problem.of(
                status,
                DETAILS.getOrDefault(
                        status,
                        status < 500
                                ? "The request cannot be answered."
                                : "The hub failed to answer; its log knows more under the error_id."));
    }

    /** Logs the problem under its id, with the cause where the hub is at fault. */
    public static void log(Problem problem, String path, @Nullable Throwable cause) {
        boolean ours = problem.status() >= 500 && problem.status() != 503;
        var line = ours ? LOG.atError().setCause(cause) : LOG.atDebug();
        line.addKeyValue("errorId", problem.errorId())
                .addKeyValue("status", problem.status())
                .addKeyValue("path", path)
                .addKeyValue("reason", problem.detail())
                .log("answered with a problem");
    }

    /** Writes it as the answer, unless one has begun. */
    public static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        log(problem, path(request), null);
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        byte[] body = JSON.writeValueAsBytes(problem.members(path(request)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    public static byte[] bytes(Problem problem, String path) {
        try {
            return JSON.writeValueAsBytes(problem.members(path));
        } catch (IOException e) {
            throw new IllegalStateException("texts and numbers can be written as JSON", e);
        }
    }

    static String path(HttpServletRequest request) {
        Object original = request.getAttribute("jakarta.servlet.error.request_uri");
        return original == null ? request.getRequestURI() : original.toString();
    }
}
