package io.sightline.engine.usb;

import java.util.List;
import java.util.Optional;

/**
 * A camera that is plugged in now.
 *
 * @param device for example {@code /dev/video0}; may be another one after the next start
 * @param name what its driver calls it
 * @param serial serial number, where it has one
 * @param ids stable names below {@code /dev/v4l/by-id}, the most telling first
 * @param formats what it offers; empty where it could not be asked
 * @param controls what can be set, for example {@code brightness}; empty where it could not be asked
 * @param problem why it could not be asked, for people
 */
public record UsbCamera(
        String device,
        String name,
        Optional<String> serial,
        List<String> ids,
        List<UsbFormat> formats,
        List<UsbControl> controls,
        Optional<String> problem) {
    public UsbCamera {
        ids = List.copyOf(ids);
        formats = List.copyOf(formats);
        controls = List.copyOf(controls);
    }

    /** The address that finds this camera again wherever it is plugged in, as well as it can be told. */
    public String address() {
        if (!ids.isEmpty()) {
            return "v4l2:id=" + ids.get(0);
        }
        return "v4l2:" + serial.map(number -> "serial=" + number).orElse(device);
    }
}
