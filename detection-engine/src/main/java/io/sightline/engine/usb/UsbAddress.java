package io.sightline.engine.usb;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which USB camera, and how: {@code v4l2:/dev/video0}, {@code v4l2:serial=1234} or {@code v4l2:id=usb-…}, with options
 * such as {@code ?format=mjpeg&size=1280x720&fps=30&control.brightness=128}.
 *
 * @param by how it is found
 * @param value path of the device, serial number or stable name
 */
public record UsbAddress(By by, String value, UsbWishes wishes) {
    /** Scheme of the addresses, with its colon. */
    public static final String PREFIX = "v4l2:";

    /** How a camera is found. */
    public enum By {
        DEVICE,
        SERIAL,
        ID
    }

    private static final Pattern DEVICE = Pattern.compile("/dev/[A-Za-z0-9._/-]{1,100}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 ._:+,%@-]{1,200}");

    /** @throws IllegalArgumentException with what was got and what is allowed */
    public static UsbAddress parse(String address) {
        String rest = address.substring(PREFIX.length());
        int mark = rest.indexOf('?');
        String place = mark < 0 ? rest : rest.substring(0, mark);
        UsbWishes wishes = UsbWishes.parse(mark < 0 ? "" : rest.substring(mark + 1));
        return named(place, "serial=", By.SERIAL, wishes)
                .or(() -> named(place, "id=", By.ID, wishes))
                .orElseGet(() -> device(place, wishes));
    }

    private static Optional<UsbAddress> named(String place, String key, By by, UsbWishes wishes) {
        return Optional.of(place)
                .filter(text -> text.startsWith(key))
                .map(text -> text.substring(key.length()))
                .filter(name -> NAME.matcher(name).matches() && !name.startsWith("."))
                .map(name -> new UsbAddress(by, name, wishes));
    }

    private static UsbAddress device(String place, UsbWishes wishes) {
        if (!DEVICE.matcher(place).matches() || place.contains("..")) {
            throw new IllegalArgumentException("got '" + PREFIX + place
                    + "', allowed are v4l2:/dev/video0, v4l2:serial=NUMBER and v4l2:id=NAME; './sightline cameras scan'"
                    + " lists what is plugged in");
        }
        return new UsbAddress(By.DEVICE, place, wishes);
    }

    /** For people. */
    @Override
    public String toString() {
        return switch (by) {
            case DEVICE -> value;
            case SERIAL -> "the USB camera with the serial number " + value;
            case ID -> "the USB camera " + value;
        };
    }
}
