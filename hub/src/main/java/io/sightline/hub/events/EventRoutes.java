package io.sightline.hub.events;

import java.util.Set;

/**
 * The routes that every event passes on its way to the spine. While one of them stands, what cameras and files tell is
 * lost, so nobody may stop it; single cameras can be stopped instead.
 */
public final class EventRoutes {
    private static final Set<String> IDS = Set.of("events-to-spine", "frames-to-detections");

    private EventRoutes() {}

    /** Whether all events depend on this route. */
    public static boolean mustRun(String routeId) {
        return IDS.contains(routeId);
    }
}
