package io.sightline.engine.net;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets inside of addresses: logins, and what parameters such as {@code password=} hold, be they in the query or, as
 * some makers want it, in the path. A login may hold a slash that nobody percent-encoded: the host then ends before it
 * for every parser, but nobody may be shown what follows. Any thread; no method throws.
 */
public final class AddressSecrets {
    private static final String HIDDEN = "***";

    /** Their paths may hold an @, and no login. */
    private static final Set<String> LOCAL = Set.of("file", "folder", "demo", "v4l2");

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://");
    private static final Pattern MEANT_AS_SCHEME = Pattern.compile("([A-Za-z0-9][A-Za-z0-9+./-]*):/?(?=\\S)");
    private static final Pattern NUMBERED_HOST = Pattern.compile("(?:\\[[^]]*]|\\d+(?:\\.\\d+){3})(?::\\d{1,5})?");
    private static final Pattern PORT = Pattern.compile(".*:\\d{1,5}", Pattern.DOTALL);
    private static final Pattern PASSWORD = Pattern.compile("(://[^/\\s?#:@]*:)([^/\\s?#]+)(?=@)");
    private static final Pattern PARAMETER = Pattern.compile(
            "([?&;/_,](?:password|passwd|passphrase|pass|pwd|psw|pw|loginpas|secret|token|auth|key|api[_-]?key)=)"
                    + "(.*?)(?=&|\\z|[;,_/?#][A-Za-z0-9.-]{1,40}=)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern HIDDEN_PART = Pattern.compile("[:/]\\*{3}@|=\\*{3}(?:[&;,_/?#]|\\z)");

    private AddressSecrets() {}

    /** An address, or what somebody took for one, as it may be shown. */
    public static String hidden(String address) {
        return parameters(withoutLogins(address), secret -> HIDDEN);
    }

    /** A text as it may be shown; every word of it may be an address. */
    public static String hiddenIn(String text) {
        return Pattern.compile("\\S+")
                .matcher(text)
                .replaceAll(word ->
                        Matcher.quoteReplacement(word.group().contains("://") ? hidden(word.group()) : word.group()));
    }

    /** Whether a text is, at least in part, what {@link #hidden} makes of something else. */
    public static boolean isHidden(String text) {
        return HIDDEN_PART.matcher(text).find();
    }

    /**
     * Puts something else in the place of each secret; references to secrets stay.
     *
     * @param keep tells what is to be written in the place of a secret
     */
    public static String replaced(String address, UnaryOperator<String> keep) {
        UnaryOperator<String> unlessReference = secret -> secret.startsWith("${") ? secret : keep.apply(secret);
        String withoutPasswords = PASSWORD.matcher(address)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + unlessReference.apply(found.group(2))));
        return parameters(withoutPasswords, unlessReference);
    }

    /** Why nobody can tell which part of an address is the login, as what is allowed instead; empty if one can. */
    public static Optional<String> doubt(String address) {
        int start = start(address);
        return loginEnd(address, start) >= hostEnd(address, start)
                ? Optional.of(
                        "is no @ behind what reads as the host: in a login / is written %2F, ? %3F, # %23 and @ %40,"
                                + " best in username and password of their own; elsewhere @ is written %40")
                : Optional.empty();
    }

    private static String withoutLogins(String text) {
        int start = start(text);
        int end = loginEnd(text, start);
        int behind = Math.max(start, end);
        String rest = text.substring(behind);
        String shown = rest.contains("://") ? withoutLogins(rest) : rest;
        return text.substring(0, start) + (end < 0 ? "" : HIDDEN) + shown;
    }

    /** Where host or login begin; the end of the text where there are none. */
    private static int start(String text) {
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.find()) {
            return scheme.end();
        }
        Matcher meant = MEANT_AS_SCHEME.matcher(text);
        return meant.lookingAt() && !LOCAL.contains(meant.group(1)) ? meant.end() : text.length();
    }

    private static int hostEnd(String text, int start) {
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** @return where the @ is that ends a login, or what may be one; negative where there is none */
    private static int loginEnd(String text, int start) {
        int last = text.lastIndexOf('@');
        if (last < start) {
            return -1;
        }
        int hostEnd = hostEnd(text, start);
        int login = text.lastIndexOf('@', hostEnd - 1);
        boolean given = login >= start;
        boolean proper = text.startsWith("://", start - 3);
        if (proper && text.startsWith("file:")) {
            return given ? login : -1;
        }
        String host = text.substring(given ? login + 1 : start, hostEnd);
        boolean numbered = NUMBERED_HOST.matcher(host).matches();
        if (proper && !given && (numbered || host.indexOf(':') < 0)) {
            return -1;
        }
        boolean whole = proper
                && (numbered || host.indexOf(':') < 0 || PORT.matcher(host).matches());
        int end = whole ? text.lastIndexOf('@', firstValue(text, hostEnd)) : last;
        return end >= start ? end : -1;
    }

    /** Values of a query may hold an @. */
    private static int firstValue(String text, int hostEnd) {
        int query = text.indexOf('?', hostEnd);
        int value = query < 0 ? -1 : text.indexOf('=', query);
        return value < 0 ? text.length() : value;
    }

    /** Slashes, commas and underscores begin a parameter in an address only: names hold them too. */
    private static String parameters(String text, UnaryOperator<String> keep) {
        int start = text.startsWith("file:") ? text.length() : start(text) - 1;
        return PARAMETER.matcher(text).replaceAll(found -> {
            boolean counts = "?&;".indexOf(text.charAt(found.start())) >= 0 || found.start() >= start;
            boolean secret = counts && !found.group(2).isEmpty();
            return Matcher.quoteReplacement(secret ? found.group(1) + keep.apply(found.group(2)) : found.group());
        });
    }
}
