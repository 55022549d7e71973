package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * First line and headers of an HTTP or RTSP message (RFC 9112, RFC 2326), of at most {@value #LONGEST} bytes.
 *
 * @param first the request or status line
 * @param lines the headers, unfolded, in their order
 */
record MessageHead(String first, List<String> lines) {
    static final int LONGEST = 32 << 10;

    private static final int MOST_LINES = 200;

    /**
     * @param in ready to give the first byte of the message; empty lines before it are skipped
     * @throws EOFException if the connection ends before the first byte or within the head
     */
    static MessageHead read(InputStream in) throws IOException {
        var text = new StringBuilder();
        var lines = new ArrayList<String>();
        int total = 0;
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the camera closed the connection");
            }
            if (++total > LONGEST || lines.size() > MOST_LINES) {
                throw new ConnectionException(
                        Reason.UNREADABLE, "its answer has more than " + LONGEST + " bytes of headers");
            }
            if (next != '\n') {
                text.append((char) next);
                continue;
            }
            String line = text.toString().stripTrailing();
            text.setLength(0);
            if (!line.isEmpty()) {
                take(lines, line);
            } else if (!lines.isEmpty()) {
                return new MessageHead(lines.get(0), List.copyOf(lines.subList(1, lines.size())));
            }
        }
    }

    private static void take(List<String> lines, String line) {
        boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
        if (folded && lines.size() > 1) {
            int last = lines.size() - 1;
            lines.set(last, lines.get(last) + " " + line.strip());
        } else {
            lines.add(line);
        }
    }

    /** Values of a header, in their order. */
    List<String> all(String name) {
        return lines.stream()
                .filter(line -> is(line, name))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    Optional<String> value(String name) {
        return all(name).stream().findFirst();
    }

    private static boolean is(String line, String name) {
        return line.length() > name.length()
                && line.charAt(name.length()) == ':'
                && line.regionMatches(true, 0, name, 0, name.length());
    }

    /** The number in a status line. */
    int status() throws ConnectionException {
        String[] parts = first.split(" ", 3);
        boolean known = parts.length > 1
                && (parts[0].startsWith("HTTP/1.") || parts[0].startsWith("RTSP/"))
                && parts[1].matches("[1-5]\\d\\d");
        if (!known) {
            throw new ConnectionException(Reason.UNREADABLE, "its answer is neither HTTP nor RTSP");
        }
        return Integer.parseInt(parts[1]);
    }

    /** Size of the body, where one is told in at most 18 digits and not below 0. */
    Optional<Long> contentLength() {
        return value("Content-Length").filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    MessageHead withFirst(String line) {
        return new MessageHead(line, lines);
    }

    MessageHead without(String name) {
        return new MessageHead(
                first, lines.stream().filter(line -> !is(line, name)).toList());
    }

    MessageHead with(String name, String value) {
        var more = new ArrayList<>(lines);
        more.add(name + ": " + value);
        return new MessageHead(first, List.copyOf(more));
    }

    byte[] bytes() {
        var text = new StringBuilder(first).append("\r\n");
        lines.forEach(line -> text.append(line).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Headers may hold a login. */
    @Override
    public String toString() {
        return "MessageHead[…]";
    }
}
