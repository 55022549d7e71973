package io.sightline.engine.usb;

import com.sun.jna.LastErrorException;
import io.sightline.engine.usb.UsbException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The USB cameras of this machine, as Linux tells them; there are none on other systems. Any thread. */
public final class UsbCameras {
    private static final Pattern NODE = Pattern.compile("video\\d{1,3}");
    private static final String FIRST_NODE = "-video-index0";
    private static final int MOST_SHOWN = 12;
    private static final int NOT_PERMITTED = 1;
    private static final int ACCESS_DENIED = 13;

    private final Path devices;
    private final Path classes;

    public UsbCameras() {
        this(Path.of("/dev"), Path.of("/sys/class/video4linux"));
    }

    /**
     * @param devices {@code /dev}
     * @param classes {@code /sys/class/video4linux}
     */
    UsbCameras(Path devices, Path classes) {
        this.devices = devices;
        this.classes = classes;
    }

    /** All that are plugged in, by the number of their device. Asks each driver, which takes milliseconds. */
    public List<UsbCamera> list() {
        return nodes().stream().flatMap(node -> describe(node).stream()).toList();
    }

    /**
     * The device that an address means now.
     *
     * @return for example {@code /dev/video2}
     * @throws UsbException if it is not plugged in, may not be opened, or does not offer what is asked for
     */
    public Path open(UsbAddress address) throws UsbException {
        Path device = locate(address);
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            throw new UsbException(Reason.FORBIDDEN, forbidden(device));
        }
        prepare(device, address.wishes());
        return device;
    }

    /** Whether the camera of an address is plugged in; costs a look into two folders. */
    public boolean isPluggedIn(UsbAddress address) {
        return find(address).isPresent();
    }

    private Path locate(UsbAddress address) throws UsbException {
        return find(address)
                .orElseThrow(() -> new UsbException(Reason.NOT_FOUND, address + " is not plugged in; " + pluggedIn()));
    }

    private Optional<Path> find(UsbAddress address) {
        return switch (address.by()) {
            case DEVICE -> Optional.of(Path.of(address.value())).filter(Files::exists);
            case ID -> byId(address.value());
            case SERIAL ->
                nodes().stream()
                        .filter(node -> isFirst(node)
                                && serial(node).filter(address.value()::equals).isPresent())
                        .map(node -> devices.resolve(node.getFileName()))
                        .findFirst();
        };
    }

    private String pluggedIn() {
        String all = nodes().stream()
                .filter(this::isFirst)
                .limit(MOST_SHOWN)
                .map(node -> "/dev/" + node.getFileName() + " (" + sysName(node) + ")")
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "no camera is" : "there are " + all;
    }

    private Optional<Path> byId(String id) {
        for (String name : List.of(id, id + FIRST_NODE)) {
            Path link = devices.resolve("v4l/by-id").resolve(name);
            if (Files.exists(link)) {
                return Optional.of(real(link));
            }
        }
        return Optional.empty();
    }

    private void prepare(Path device, UsbWishes wishes) throws UsbException {
        try (V4l2Device opened = V4l2Device.open(device)) {
            if (opened.cameraName().isEmpty()) {
                throw new UsbException(
                        Reason.UNUSABLE, device + " gives no pictures; one camera often has several devices");
            }
            refuseUnoffered(device, opened.formats(), wishes);
            set(opened, device, wishes.controls());
        } catch (LastErrorException e) {
            throw failure(device, e);
        }
    }

    /** Drivers that tell nothing are believed to do everything. */
    static void refuseUnoffered(Path device, List<UsbFormat> offered, UsbWishes wishes) throws UsbException {
        boolean fits = offered.isEmpty()
                || offered.stream()
                        .anyMatch(one -> wishes.format().map(one.name()::equals).orElse(true)
                                && one.offers(wishes.width(), wishes.height())
                                && (one.framesPerSecond() == 0
                                        || wishes.framesPerSecond() <= one.framesPerSecond() + 0.5));
        if (!fits) {
            String all = offered.stream().limit(MOST_SHOWN).map(UsbFormat::text).collect(Collectors.joining(", "));
            throw new UsbException(
                    Reason.UNUSABLE, device + " does not offer " + wishes.query() + "; it offers " + all);
        }
    }

    private static void set(V4l2Device opened, Path device, Map<String, Integer> wished) throws UsbException {
        List<UsbControl> known = wished.isEmpty() ? List.of() : opened.controls();
        for (Map.Entry<String, Integer> one : wished.entrySet()) {
            UsbControl control = known.stream()
                    .filter(candidate -> candidate.name().equals(one.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new UsbException(Reason.UNUSABLE, unknown(device, one.getKey(), known)));
            setOne(opened, device, control, one.getValue());
        }
    }

    /** Drivers take the nearest value for one that is out of range, without a word. */
    private static void setOne(V4l2Device opened, Path device, UsbControl control, int value) throws UsbException {
        boolean inRange = value >= control.minimum() && value <= control.maximum();
        try {
            if (inRange) {
                opened.set(control, value);
            }
        } catch (LastErrorException e) {
            inRange = false;
        }
        if (!inRange) {
            throw new UsbException(
                    Reason.UNUSABLE,
                    device + ": control " + control.name() + ": got " + value + ", allowed are " + control.minimum()
                            + " to " + control.maximum() + ", and only while no automatic sets it");
        }
    }

    private static String unknown(Path device, String name, List<UsbControl> known) {
        return device + " has no control " + name + "; it has "
                + known.stream().map(UsbControl::name).collect(Collectors.joining(", "));
    }

    private static UsbException failure(Path device, LastErrorException e) {
        boolean denied = e.getErrorCode() == NOT_PERMITTED || e.getErrorCode() == ACCESS_DENIED;
        return denied
                ? new UsbException(Reason.FORBIDDEN, forbidden(device))
                : new UsbException(
                        Reason.UNUSABLE, device + " cannot be used (error " + e.getErrorCode() + " of the system)");
    }

    /** Who may not, and what helps. */
    static String forbidden(Path device) {
        String user = System.getProperty("user.name");
        String group = "video";
        try {
            group = Files.readAttributes(device, PosixFileAttributes.class)
                    .group()
                    .getName();
        } catch (IOException | UnsupportedOperationException expected) {
            // the usual group is a good guess
        }
        return device + ": user '" + user + "' may not use it; add the user to group '" + group + "' (sudo usermod -aG "
                + group + " " + user + ") and start the hub anew";
    }

    private Optional<UsbCamera> describe(Path node) {
        Path device = devices.resolve(node.getFileName());
        try (V4l2Device opened = V4l2Device.open(device)) {
            return opened.cameraName()
                    .map(name -> new UsbCamera(
                            device.toString(),
                            name,
                            serial(node),
                            ids(device),
                            opened.formats(),
                            opened.controls(),
                            Optional.empty()));
        } catch (LastErrorException e) {
            return isFirst(node)
                    ? Optional.of(new UsbCamera(
                            device.toString(),
                            sysName(node),
                            serial(node),
                            ids(device),
                            List.of(),
                            List.of(),
                            Optional.of(failure(device, e).getMessage())))
                    : Optional.empty();
        }
    }

    private List<Path> nodes() {
        try (Stream<Path> all = Files.list(classes)) {
            return all.filter(
                            node -> NODE.matcher(node.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt(UsbCameras::number))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static int number(Path node) {
        return Integer.parseInt(node.getFileName().toString().substring("video".length()));
    }

    /** Of the several devices of one camera the first gives the pictures. */
    private boolean isFirst(Path node) {
        return word(node.resolve("index")).map("0"::equals).orElse(true);
    }

    private String sysName(Path node) {
        return word(node.resolve("name")).orElse("unknown");
    }

    /** The device belongs to an interface of the USB device, which has the number. */
    private Optional<String> serial(Path node) {
        Path owner = real(node.resolve("device"));
        Path usb = owner.getParent();
        return usb == null ? Optional.empty() : word(usb.resolve("serial"));
    }

    private List<String> ids(Path device) {
        var ids = new ArrayList<String>();
        try (Stream<Path> links = Files.list(devices.resolve("v4l/by-id"))) {
            links.filter(link -> real(link).equals(real(device)))
                    .map(link -> link.getFileName().toString())
                    .sorted()
                    .forEach(ids::add);
        } catch (IOException none) {
            // a system without udev has no such names
        }
        return ids;
    }

    private static Optional<String> word(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            return path.toAbsolutePath();
        }
    }
}
