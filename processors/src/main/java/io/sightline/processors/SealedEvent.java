package io.sightline.processors;

/**
 * An event as it leaves: numbered and serialised once.
 *
 * @param bytes CloudEvents JSON in UTF-8; belongs to whoever sends it and is not changed
 */
public record SealedEvent(String address, String id, String type, byte[] bytes) {
    @Override
    public String toString() {
        return "SealedEvent[" + type + " " + id + " to " + address + "]";
    }
}
