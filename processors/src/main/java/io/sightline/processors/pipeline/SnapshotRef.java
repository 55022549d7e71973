package io.sightline.processors.pipeline;

/**
 * A picture that is on disk.
 *
 * @param href link for whoever gets the event, addressed by hash
 * @param sha256 of the file's bytes, in hex
 */
public record SnapshotRef(String href, String sha256) {}
