package io.sightline.hub.cameras;

import java.util.Map;
import org.apache.camel.CamelContext;

/** One route per camera, made from the template that the route files hold. */
final class CameraRoutes {
    /** Template in {@code camera-to-frames.camel.yaml}. */
    static final String TEMPLATE = "camera-to-frames";

    private final CamelContext camel;

    CameraRoutes(CamelContext camel) {
        this.camel = camel;
    }

    /** Id of the route that a camera gets. */
    static String routeId(String cameraId) {
        return "camera-" + cameraId + "-to-frames";
    }

    /** Makes and starts the route; it connects by itself. */
    void add(String cameraId) {
        try {
            camel.addRouteFromTemplate(routeId(cameraId), TEMPLATE, Map.of("camera", cameraId));
        } catch (Exception e) {
            throw new IllegalStateException("camera '" + cameraId + "': its route cannot be made", e);
        }
    }

    /** Whether the camera has no route, be it running or stopped. */
    boolean missing(String cameraId) {
        return camel.getRoute(routeId(cameraId)) == null;
    }

    /** Stops and forgets the route of a camera, where there is one; returns when its threads have ended. */
    void remove(String cameraId) {
        String id = routeId(cameraId);
        if (camel.getRoute(id) == null) {
            return;
        }
        try {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        } catch (Exception e) {
            throw new IllegalStateException("camera '" + cameraId + "': its route cannot be stopped", e);
        }
    }
}
