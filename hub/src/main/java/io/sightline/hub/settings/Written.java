package io.sightline.hub.settings;

/**
 * A value as it stands in the file.
 *
 * @param key where it stands, for example {@code cameras.gate.uri}
 * @param text with {@code ${…}} filled in
 * @param source as written, for people; a reference instead of what it stands for
 * @param quoted whether it was in quotes
 * @param secret whether it is not to be shown
 */
record Written(int line, String key, String text, String source, boolean quoted, boolean secret) {

    String shown() {
        return secret ? "something that is not shown" : "'" + source + "'";
    }
}
