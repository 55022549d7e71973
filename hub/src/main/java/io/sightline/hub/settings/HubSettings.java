package io.sightline.hub.settings;

import java.net.URI;
import java.util.Optional;

/**
 * @param id name of this hub in event sources; empty: made at the first start and kept in the data folder (restart)
 * @param publicUrl address under which enterprise systems reach the hub, for absolute links (live)
 */
public record HubSettings(Optional<String> id, Optional<URI> publicUrl) {}
