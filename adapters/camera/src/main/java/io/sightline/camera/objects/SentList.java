package io.sightline.camera.objects;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A list as its camera sent it.
 *
 * @param time when the picture was taken, by the camera's clock
 * @param sequence grows from list to list
 * @param width of the camera's picture in pixels, 1 to {@link #MOST_PIXELS}
 * @param height as the width
 */
public record SentList(
        Optional<Instant> time, OptionalLong sequence, int width, int height, List<ListedObject> objects) {
    /** Of one side of a picture. */
    public static final int MOST_PIXELS = 32_768;

    /** Objects in one list. */
    public static final int MOST_OBJECTS = 256;

    public SentList {
        objects = List.copyOf(objects);
        if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "width and height: got " + width + "x" + height + ", allowed are 1 to " + MOST_PIXELS + " pixels");
        }
        if (objects.size() > MOST_OBJECTS) {
            throw new IllegalArgumentException(
                    "objects: got " + objects.size() + ", allowed are " + MOST_OBJECTS + " in one list");
        }
    }
}
