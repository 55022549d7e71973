package io.sightline.camera.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts lists together from CAN frames of 8 bytes, numbers with the high byte first. One thread.
 *
 * <pre>
 *  id      1: version (1)  2: number of objects  3-4: sequence  5-6: width  7-8: height of the picture in pixels
 *  id + 1  1: label        2: confidence / 255   then x, y, width, height of 12 bits each, in 4096ths of the picture
 * </pre>
 *
 * The frames of the objects follow that of their list, as many as it says; CAN keeps the order of one sender's frames.
 */
final class CanLists {
    private static final int FRAME = 8;
    private static final int VERSION = 1;
    private static final double PARTS = 4096;
    private static final double SURE = 255;

    private final List<String> labels;
    private final List<ListedObject> objects = new ArrayList<>();
    private boolean open;
    private int expected;
    private int sequence;
    private int width;
    private int height;

    CanLists(List<String> labels) {
        this.labels = labels;
    }

    /**
     * Takes in the frame that begins a list.
     *
     * @return the list, if it is one without objects
     * @throws ListException if this frame is of no use, or the list before was not complete
     */
    Optional<SentList> begin(byte[] data) throws ListException {
        boolean cutOff = open;
        open = false;
        if (data.length != FRAME || data[0] != VERSION) {
            throw new ListException("a list begins with a frame of 8 bytes, the first of which is " + VERSION);
        }
        objects.clear();
        expected = data[1] & 255;
        sequence = number(data, 2);
        width = number(data, 4);
        height = number(data, 6);
        open = width > 0 && height > 0 && width <= SentList.MOST_PIXELS && height <= SentList.MOST_PIXELS;
        if (!open) {
            throw new ListException("width and height: got " + width + "x" + height + ", allowed are 1 to "
                    + SentList.MOST_PIXELS + " pixels");
        }
        if (cutOff) {
            throw new ListException("a list was not complete when the next one began");
        }
        return complete();
    }

    /**
     * Takes in the frame of an object.
     *
     * @return the list, if it is complete now
     * @throws ListException if this frame is of no use; the rest of its list is passed over
     */
    Optional<SentList> object(byte[] data) throws ListException {
        if (!open) {
            return Optional.empty(); // joined in the middle of a list, or its beginning was refused
        }
        if (data.length != FRAME || (data[0] & 255) >= labels.size()) {
            open = false;
            throw new ListException("an object is a frame of 8 bytes, the first of which is below " + labels.size());
        }
        double x = (number(data, 2) >> 4) / PARTS;
        double y = (number(data, 3) & 0xfff) / PARTS;
        double w = Math.min(1 - x, (number(data, 5) >> 4) / PARTS);
        double h = Math.min(1 - y, (number(data, 6) & 0xfff) / PARTS);
        objects.add(new ListedObject(
                labels.get(data[0] & 255), (data[1] & 255) / SURE, x * width, y * height, w * width, h * height));
        return complete();
    }

    private Optional<SentList> complete() {
        if (objects.size() < expected) {
            return Optional.empty();
        }
        open = false;
        var seen = objects.stream()
                .filter(one -> one.width() > 0 && one.height() > 0)
                .toList();
        return Optional.of(new SentList(Optional.empty(), OptionalLong.of(sequence), width, height, seen));
    }

    private static int number(byte[] data, int at) {
        return (data[at] & 255) << 8 | data[at + 1] & 255;
    }
}
