package io.sightline.hub.store;

import java.util.List;
import java.util.Optional;

/**
 * @param total of the whole query, whatever the page
 * @param nextCursor empty where there are no more
 */
public record DetectionPage(List<StoredDetection> detections, long total, Optional<String> nextCursor) {}
