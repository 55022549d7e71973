package io.sightline.hub.changes;

import io.sightline.engine.net.AddressSecrets;
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
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");

    boolean isSecret(String key) {
        return keys.contains(key);
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
        String changed = AddressSecrets.replaced(text, keep);
        return changed.equals(text) ? Optional.empty() : Optional.of(changed);
    }

    /** The text of a file with what comments say of secret keys, and secrets in their addresses, left out. */
    String withoutInComments(String text) {
        String hidden = COMMENT.matcher(text)
                .replaceAll(comment -> Matcher.quoteReplacement(AddressSecrets.hiddenIn(comment.group())));
        if (keys.isEmpty()) {
            return hidden;
        }
        var comment =
                Pattern.compile("(?m)^(\\s*#.*\\b(?:" + String.join("|", keys) + ")\\s*[:=]\\s*)(?!\\$\\{)[^\\s,}]+");
        return comment.matcher(hidden).replaceAll("$1***");
    }
}
