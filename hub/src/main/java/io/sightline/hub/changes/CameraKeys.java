package io.sightline.hub.changes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the file says of one camera.
 *
 * @param keys as in the file; secrets are null, logins in addresses hidden
 * @param etag tells this state from any other
 */
public record CameraKeys(String id, JsonNode keys, String etag) {}
