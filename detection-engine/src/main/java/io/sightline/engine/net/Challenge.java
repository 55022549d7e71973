package io.sightline.engine.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One way to log in that a server offers (RFC 9110, 11.3).
 *
 * @param scheme in lower case, for example {@code digest}
 * @param values by their names in lower case
 */
record Challenge(String scheme, Map<String, String> values) {
    /** Longer ones are not used: no camera needs them. */
    static final int LONGEST_VALUE = 1024;

    /** @param headers the values of {@code WWW-Authenticate}, each with one challenge or several */
    static List<Challenge> parse(List<String> headers) {
        var found = new ArrayList<Challenge>();
        headers.forEach(header -> new Parser(header, found).parse());
        return found;
    }

    boolean usable() {
        return values.values().stream()
                .allMatch(value ->
                        value.length() <= LONGEST_VALUE && value.chars().noneMatch(Character::isISOControl));
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    private static final class Parser {
        private final String text;
        private final List<Challenge> found;
        private int at;

        private Parser(String text, List<Challenge> found) {
            this.text = text;
            this.found = found;
        }

        private void parse() {
            while (at < text.length()) {
                skip();
                String word = word();
                if (word.isEmpty()) {
                    at++;
                    continue;
                }
                skipSpaces();
                boolean named = at < text.length() && text.charAt(at) == '=';
                if (!named) {
                    found.add(new Challenge(word.toLowerCase(Locale.ROOT), new TreeMap<>()));
                } else {
                    at++;
                    skipSpaces();
                    put(word, value());
                }
            }
        }

        private void put(String name, String value) {
            if (!found.isEmpty()) {
                found.get(found.size() - 1).values().putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
        }

        private void skip() {
            while (at < text.length() && (text.charAt(at) == ',' || Character.isWhitespace(text.charAt(at)))) {
                at++;
            }
        }

        private void skipSpaces() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private String word() {
            int start = at;
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isWord(char c) {
            return c > ' ' && c < 127 && c != ',' && c != '=' && c != '"';
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                int start = at;
                while (at < text.length() && text.charAt(at) != ',' && !Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                return text.substring(start, at);
            }
            var value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            at++;
            return value.toString();
        }
    }
}
