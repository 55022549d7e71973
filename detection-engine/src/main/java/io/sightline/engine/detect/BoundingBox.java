package io.sightline.engine.detect;

/**
 * A rectangle in pixels of the original picture.
 *
 * @param x left edge
 * @param y top edge
 * @param width not negative
 * @param height not negative
 */
public record BoundingBox(double x, double y, double width, double height) {

    public double area() {
        return width * height;
    }

    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    /** A box on the straight way to another one. @param share of the way, 0 to 1 */
    public BoundingBox towards(BoundingBox end, double share) {
        return new BoundingBox(
                x + share * (end.x - x),
                y + share * (end.y - y),
                width + share * (end.width - width),
                height + share * (end.height - height));
    }

    /** Intersection over union, 0 to 1; 0 where both are empty. */
    public double overlap(BoundingBox other) {
        double w = Math.min(right(), other.right()) - Math.max(x, other.x);
        double h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        double shared = w * h;
        return shared / (area() + other.area() - shared);
    }
}
