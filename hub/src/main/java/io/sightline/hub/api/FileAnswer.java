package io.sightline.hub.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Answers with a video file or one range of it. Where the server can, it sends the file by itself, and no thread waits for
 * a slow caller.
 */
final class FileAnswer {
    private static final String SENDFILE = "org.apache.tomcat.sendfile.";

    private FileAnswer() {}

    /** Bytes from the first to the last, both included. */
    private record Part(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    /** @param file never changes under its name */
    static void send(Path file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        long size = Files.size(file);
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Accept-Ranges", "bytes");
        if (new ServletWebRequest(request, response).checkNotModified("\"" + file.getFileName() + "\"")) {
            return;
        }
        Part part = part(request.getHeader("Range"), size);
        if (part == null) {
            response.setHeader("Content-Range", "bytes */" + size);
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        if (part.length() < size) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        }
        response.setContentType("video/mp4");
        response.setContentLengthLong(part.length());
        write(file, part, request, response);
    }

    /** All of it where nothing, or more than one range, is asked for. @return null if there is no such range */
    private static @Nullable Part part(@Nullable String range, long size) {
        List<HttpRange> ranges;
        try {
            ranges = HttpRange.parseRanges(range);
        } catch (IllegalArgumentException expected) {
            ranges = List.of(); // not understood, so not asked for
        }
        if (ranges.size() != 1) {
            return new Part(0, size - 1);
        }
        try {
            return new Part(ranges.get(0).getRangeStart(size), ranges.get(0).getRangeEnd(size));
        } catch (IllegalArgumentException expected) {
            return null;
        }
    }

    private static void write(Path file, Part part, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))) {
            request.setAttribute(SENDFILE + "filename", file.toRealPath().toString());
            request.setAttribute(SENDFILE + "start", part.first());
            request.setAttribute(SENDFILE + "end", part.last() + 1);
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var out = Channels.newChannel(response.getOutputStream())) {
            long done = 0;
            while (done < part.length()) {
                long sent = channel.transferTo(part.first() + done, part.length() - done, out);
                if (sent <= 0) {
                    throw new NoSuchFileException(file.toString()); // shorter than it was
                }
                done += sent;
            }
        }
    }
}
