package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.SeenObject;

/** One object of the newest frame while it is matched. Written over for the next frame, so that frames make no garbage. */
final class Candidate {
    private final Colours colours = new Colours();
    private SeenObject object;
    private boolean coloured;
    private boolean covered;

    Candidate(SeenObject object) {
        this.object = object;
    }

    void set(SeenObject newObject) {
        object = newObject;
        coloured = false;
        covered = false;
    }

    void read(Appearance appearance) {
        coloured = appearance.read(object.box(), colours);
    }

    /** Another object is before or behind it: its colours are a mixture. */
    void cover() {
        covered = true;
    }

    SeenObject object() {
        return object;
    }

    BoundingBox box() {
        return object.box();
    }

    boolean isColoured() {
        return coloured;
    }

    /** Whether its colours are known and its own. */
    boolean showsItself() {
        return coloured && !covered;
    }

    Colours colours() {
        return colours;
    }
}
