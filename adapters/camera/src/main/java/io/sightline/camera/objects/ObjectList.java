package io.sightline.camera.objects;

import io.sightline.engine.video.FrameInfo;
import java.util.List;

/**
 * What a smart camera saw in one of its pictures; the body of its exchanges.
 *
 * @param frame the picture, which the hub does not have
 * @param objects may be none
 */
public record ObjectList(FrameInfo frame, List<ListedObject> objects) {
    public ObjectList {
        objects = List.copyOf(objects);
    }
}
