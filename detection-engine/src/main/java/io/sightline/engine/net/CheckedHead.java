package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Heads of a camera's messages as FFmpeg may have them. It reads lines otherwise than {@link MessageHead} does (it leaves
 * carriage returns out, ends at a zero, takes a dollar sign for a packet), so it gets lines only that mean the same to
 * both, and the length that was counted here. Of a transport it takes {@code source} and {@code server_port} as they
 * stand, and without a source the host that it connected to, which is this machine: so it gets one that was made here,
 * with the camera's address as the source.
 */
final class CheckedHead {
    private static final Pattern LINE = Pattern.compile("[A-Za-z0-9-]+:[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");
    private static final Pattern FIRST = Pattern.compile("[A-Za-z][^\\x00-\\x1f\\x7f]*");
    private static final Pattern RTP = Pattern.compile("(?i)RTP/[A-Z]{1,8}(?:/(?:(TCP)|UDP))?");
    private static final Pattern CHANNELS = Pattern.compile("interleaved=\\d{1,3}(?:-\\d{1,3})?");
    private static final Pattern PORTS = Pattern.compile("(?:client|server)_port=\\d{1,5}(?:-\\d{1,5})?");

    private CheckedHead() {}

    /**
     * @param bodyLength how many bytes follow
     * @param camera who was connected to
     * @throws ConnectionException if a line of its own cannot be told, or if its packets would not come from the camera
     */
    static MessageHead of(MessageHead head, int bodyLength, InetAddress camera) throws ConnectionException {
        if (!FIRST.matcher(head.first()).matches()) {
            throw new ConnectionException(Reason.UNREADABLE, "its answer is neither HTTP nor RTSP");
        }
        List<String> transports = head.all("Transport");
        List<String> lines = head.lines().stream()
                .filter(line -> LINE.matcher(line).matches())
                .toList();
        MessageHead checked =
                new MessageHead(head.first(), lines).without("Transport").without("Content-Length");
        if (bodyLength > 0) {
            checked = checked.with("Content-Length", Integer.toString(bodyLength));
        }
        boolean agreed = head.first().startsWith("RTSP/") && head.status() / 100 == 2 && !transports.isEmpty();
        return agreed ? checked.with("Transport", transport(transports.get(0), camera)) : checked;
    }

    /** RFC 2326, 12.39: what was asked for is one address, by UDP or in the connection itself. */
    private static String transport(String value, InetAddress camera) throws ConnectionException {
        String[] parts = value.split(",", 2)[0].split(";");
        Matcher kind = RTP.matcher(parts[0].strip());
        if (!kind.matches()) {
            throw new ConnectionException(
                    Reason.UNREADABLE, "answers with a transport that nobody asked for; try another transport");
        }
        boolean inConnection = kind.group(1) != null;
        var checked = new StringBuilder(kind.group()).append(";unicast");
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip().toLowerCase(Locale.ROOT);
            if (!inConnection && part.equals("multicast")) {
                throw new ConnectionException(
                        Reason.UNREADABLE, "sends to a multicast group, which is not followed; try transport tcp");
            }
            if ((inConnection ? CHANNELS : PORTS).matcher(part).matches()) {
                checked.append(';').append(part);
            }
        }
        return inConnection
                ? checked.toString()
                : checked.append(";source=").append(camera.getHostAddress()).toString();
    }
}
