package io.sightline.hub.changes;

import java.util.Optional;

/**
 * Who asks for a change, and what of.
 *
 * @param by name of the user
 * @param ifMatch the header If-Match; empty: whatever is there is changed
 */
public record Asked(String by, Optional<String> ifMatch) {}
