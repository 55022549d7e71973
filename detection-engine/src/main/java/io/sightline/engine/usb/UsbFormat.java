package io.sightline.engine.usb;

import java.math.BigDecimal;

/**
 * One way in which a camera gives its pictures.
 *
 * @param name {@code mjpeg}, {@code yuyv}, {@code h264}, or what the driver calls it
 * @param width pixels; the largest where the camera scales freely
 * @param height pixels; the largest where the camera scales freely
 * @param framesPerSecond the fastest, 0 where the driver does not tell
 * @param free whether any smaller size can be had too
 */
public record UsbFormat(String name, int width, int height, double framesPerSecond, boolean free) {

    /** Whether pictures of this size can be had. @param wishedWidth 0 for any */
    boolean offers(int wishedWidth, int wishedHeight) {
        return wishedWidth == 0
                || (free
                        ? wishedWidth <= width && wishedHeight <= height
                        : wishedWidth == width && wishedHeight == height);
    }

    /** For people: {@code mjpeg 1280x720 at 30/s}. */
    public String text() {
        String rate = BigDecimal.valueOf(framesPerSecond).stripTrailingZeros().toPlainString();
        return name + (free ? " up to " : " ") + width + "x" + height
                + (framesPerSecond > 0 ? " at " + rate + "/s" : "");
    }
}
