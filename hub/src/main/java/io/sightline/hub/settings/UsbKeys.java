package io.sightline.hub.settings;

import io.sightline.engine.usb.UsbWishes;
import java.util.Map;
import java.util.Optional;

/** The keys of usb. */
record UsbKeys(
        @Setting(
                value = "What the camera sends; `mjpeg` carries more pictures over the cable than `yuyv`.",
                standard = UsbKeys.AUTO,
                oneOf = {UsbKeys.AUTO, "mjpeg", "yuyv", "h264"})
        String format,

        @Setting(
                value = "Width and height of its pictures, for example `1280x720`; `auto`: the driver's choice.",
                standard = UsbKeys.AUTO)
        String size,

        @Setting(value = "Pictures per second that it sends; 0: the driver's choice.", standard = "0", max = 240)
        double fps,

        @Setting("What is set at the camera, by name in the order given, for example `{ exposure_auto: 1 }`;"
                + " `v4l2-ctl --list-ctrls` lists the names.")
        Map<String, Integer> controls)
        implements Keys<UsbWishes> {
    static final String AUTO = "auto";

    @Override
    public UsbWishes value() {
        return UsbWishes.of(wish(format), wish(size), fps, controls);
    }

    private static Optional<String> wish(String word) {
        return Optional.of(word).filter(any -> !any.equals(AUTO));
    }
}
