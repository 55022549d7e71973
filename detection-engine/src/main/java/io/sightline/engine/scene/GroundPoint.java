package io.sightline.engine.scene;

/** A place on the ground, in metres from an origin of the operator's choice. */
public record GroundPoint(double x, double y) {

    double distance(GroundPoint other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
