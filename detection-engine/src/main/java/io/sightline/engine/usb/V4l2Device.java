package io.sightline.engine.usb;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An open device of Video4Linux2, asked with {@code ioctl}. One thread.
 *
 * <p>Numbers and layouts: {@code linux/videodev2.h}, the user interface of the kernel, the same on all 64-bit machines.
 */
final class V4l2Device implements AutoCloseable {
    private static final int READ_WRITE_NONBLOCK = 2 | 2048;

    private static final int QUERY_CAPABILITIES = ior(0, 104);
    private static final int ENUM_FORMATS = iowr(2, 64);
    private static final int SET_CONTROL = iowr(28, 8);
    private static final int QUERY_CONTROL = iowr(36, 68);
    private static final int ENUM_SIZES = iowr(74, 44);
    private static final int ENUM_INTERVALS = iowr(75, 52);

    private static final int CAPTURE = 1;
    private static final int HAS_OWN_CAPABILITIES = 0x8000_0000;
    private static final int NEXT_CONTROL = 0x8000_0000;
    private static final int DISABLED = 1;
    private static final int DISCRETE = 1;
    private static final List<Integer> SETTABLE =
            List.of(1, 2, 3, 4, 9); // whole, switch, menu, button, menu of numbers

    /** Bad drivers never end their lists. */
    private static final int MOST_ITEMS = 256;

    private final LibC libc;
    private final int handle;

    /** What is used of the C library; both functions take more arguments than they name. */
    interface LibC extends Library {
        int open(String path, int flags, Object... more) throws LastErrorException;

        int ioctl(int handle, NativeLong request, Object... more) throws LastErrorException;

        int close(int handle) throws LastErrorException;
    }

    private static final class Loaded {
        private static final LibC LIBC = Native.load("c", LibC.class);
    }

    private V4l2Device(LibC libc, int handle) {
        this.libc = libc;
        this.handle = handle;
    }

    /** @throws LastErrorException with the number of the system's error */
    static V4l2Device open(Path device) {
        return new V4l2Device(Loaded.LIBC, Loaded.LIBC.open(device.toString(), READ_WRITE_NONBLOCK));
    }

    /** What the driver calls the camera; empty if this node gives no pictures. */
    Optional<String> cameraName() {
        try (var answer = cleared(104)) {
            call(QUERY_CAPABILITIES, answer);
            int all = answer.getInt(84);
            int own = (all & HAS_OWN_CAPABILITIES) != 0 ? answer.getInt(88) : all;
            return (own & CAPTURE) == 0 ? Optional.empty() : Optional.of(text(answer, 16, 32));
        }
    }

    List<UsbFormat> formats() {
        var formats = new ArrayList<UsbFormat>();
        try (var query = cleared(64)) {
            for (int i = 0; i < MOST_ITEMS; i++) {
                query.setInt(0, i);
                query.setInt(4, CAPTURE);
                if (!asked(ENUM_FORMATS, query)) {
                    break;
                }
                sizes(query.getInt(44), formats);
            }
        }
        return formats;
    }

    private void sizes(int pixelFormat, List<UsbFormat> formats) {
        try (var query = cleared(44)) {
            for (int i = 0; i < MOST_ITEMS; i++) {
                query.setInt(0, i);
                query.setInt(4, pixelFormat);
                if (!asked(ENUM_SIZES, query)) {
                    return;
                }
                boolean free = query.getInt(8) != DISCRETE;
                int width = query.getInt(free ? 16 : 12);
                int height = query.getInt(free ? 28 : 16);
                formats.add(new UsbFormat(name(pixelFormat), width, height, fastest(pixelFormat, width, height), free));
                if (free) {
                    return;
                }
            }
        }
    }

    /** Pictures per second, 0 where the driver does not tell. */
    private double fastest(int pixelFormat, int width, int height) {
        double fastest = 0;
        try (var query = cleared(52)) {
            for (int i = 0; i < MOST_ITEMS; i++) {
                query.setInt(0, i);
                query.setInt(4, pixelFormat);
                query.setInt(8, width);
                query.setInt(12, height);
                if (!asked(ENUM_INTERVALS, query)) {
                    break;
                }
                int seconds = query.getInt(20);
                fastest = seconds > 0 ? Math.max(fastest, query.getInt(24) / (double) seconds) : fastest;
                if (query.getInt(16) != DISCRETE) {
                    break;
                }
            }
        }
        return Math.round(fastest * 100) / 100.0;
    }

    List<UsbControl> controls() {
        var controls = new ArrayList<UsbControl>();
        int last = 0;
        try (var query = cleared(68)) {
            for (int i = 0; i < MOST_ITEMS; i++) {
                query.setInt(0, last | NEXT_CONTROL);
                if (!asked(QUERY_CONTROL, query)) {
                    break;
                }
                last = query.getInt(0);
                if (SETTABLE.contains(query.getInt(4)) && (query.getInt(56) & DISABLED) == 0) {
                    controls.add(
                            new UsbControl(last, controlName(text(query, 8, 32)), query.getInt(40), query.getInt(44)));
                }
            }
        }
        return controls;
    }

    /** @throws LastErrorException if the driver refuses */
    void set(UsbControl control, int value) {
        try (var request = cleared(8)) {
            request.setInt(0, control.id());
            request.setInt(4, value);
            call(SET_CONTROL, request);
        }
    }

    @Override
    public void close() {
        libc.close(handle);
    }

    private void call(int request, Memory argument) {
        libc.ioctl(handle, new NativeLong(request & 0xffff_ffffL, true), argument);
    }

    /** @return false at the end of a list, and where the driver does not know the question */
    private boolean asked(int request, Memory argument) {
        try {
            call(request, argument);
            return true;
        } catch (LastErrorException endOfList) {
            return false;
        }
    }

    private static Memory cleared(int bytes) {
        var memory = new Memory(bytes);
        memory.clear();
        return memory;
    }

    private static String text(Pointer at, int offset, int length) {
        byte[] bytes = at.getByteArray(offset, length);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    }

    /** As {@code v4l2-ctl} writes it. */
    static String controlName(String driversName) {
        return driversName
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
    }

    static String name(int fourCharacters) {
        var code = new StringBuilder();
        for (int shift = 0; shift < 32; shift += 8) {
            code.append((char) (fourCharacters >> shift & 0x7f));
        }
        return switch (code.toString()) {
            case "MJPG", "JPEG" -> "mjpeg";
            case "YUYV" -> "yuyv";
            case "H264" -> "h264";
            default -> code.toString().strip().toLowerCase(Locale.ROOT);
        };
    }

    private static int ior(int number, int bytes) {
        return 2 << 30 | bytes << 16 | 'V' << 8 | number;
    }

    private static int iowr(int number, int bytes) {
        return 3 << 30 | bytes << 16 | 'V' << 8 | number;
    }
}
