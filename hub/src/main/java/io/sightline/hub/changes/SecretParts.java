package io.sightline.hub.changes;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which parts of a value are secret: all of it where its key is, and logins and keys inside of addresses.
 *
 * @param keys names of the keys whose values are secret
 */
record SecretParts(Set<String> keys) {
    private static final Pattern LOGIN = Pattern.compile("(://)[^/\\s]*@");
    private static final Pattern PASSWORD = Pattern.compile("(://[^/\\s?#:@]*:)([^/\\s?#]+)(?=@)");
    private static final Pattern QUERY = Pattern.compile(
            "([?&;](?:password|passwd|pwd|pass|secret|token|auth|key|api[_-]?key)=)([^&;#\\s]+)",
            Pattern.CASE_INSENSITIVE);
    private static final String HIDDEN = "***";
    private static final Pattern HIDDEN_PART = Pattern.compile("://\\*\\*\\*@|=\\*\\*\\*(?:[&;#]|$)");

    boolean isSecret(String key) {
        return keys.contains(key);
    }

    /** An address as it may be shown. */
    String shown(String text) {
        String withoutLogin = LOGIN.matcher(text).replaceAll("$1" + HIDDEN + "@");
        return QUERY.matcher(withoutLogin).replaceAll("$1" + HIDDEN);
    }

    /** Whether it is, at least in part, what {@link #shown} makes of something else. */
    static boolean isHidden(String text) {
        return HIDDEN_PART.matcher(text).find();
    }

    /**
     * Takes secrets out of a value; references to secrets stay.
     *
     * @param keep keeps a secret and tells what is to be written in its place
     * @return the value without them; empty where none is in it
     */
    Optional<String> without(String key, String text, UnaryOperator<String> keep) {
        if (text.isEmpty() || text.contains("${")) {
            return Optional.empty();
        }
        if (isSecret(key)) {
            return Optional.of(keep.apply(text));
        }
        String changed = replaced(QUERY, replaced(PASSWORD, text, keep), keep);
        return changed.equals(text) ? Optional.empty() : Optional.of(changed);
    }

    private static String replaced(Pattern secret, String text, UnaryOperator<String> keep) {
        return secret.matcher(text)
                .replaceAll(found -> found.group(2).startsWith("${")
                        ? Matcher.quoteReplacement(found.group())
                        : Matcher.quoteReplacement(found.group(1) + keep.apply(found.group(2))));
    }

    /** The text of a file with what comments say of secret keys left out. */
    String withoutInComments(String text) {
        if (keys.isEmpty()) {
            return text;
        }
        var comment =
                Pattern.compile("(?m)^(\\s*#.*\\b(?:" + String.join("|", keys) + ")\\s*[:=]\\s*)(?!\\$\\{)[^\\s,}]+");
        return comment.matcher(text).replaceAll("$1" + HIDDEN);
    }
}
