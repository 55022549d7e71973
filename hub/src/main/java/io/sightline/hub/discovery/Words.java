package io.sightline.hub.discovery;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What strangers say, fit to be shown: one line, of limited length. */
final class Words {
    private static final int LONGEST = 200;

    private Words() {}

    static String shown(String text) {
        String line = text.codePoints()
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    static String decoded(String percentEncoded) {
        try {
            return shown(URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return shown(percentEncoded);
        }
    }
}
