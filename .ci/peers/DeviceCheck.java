import io.sightline.camera.objects.ListException;
import io.sightline.camera.objects.ObjectSource;
import io.sightline.camera.objects.ObjectsAddress;
import io.sightline.engine.usb.UsbCamera;
import io.sightline.engine.usb.UsbCameras;
import io.sightline.engine.usb.UsbControl;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import io.sightline.engine.video.VideoSources;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with USB cameras and a CAN bus, in a machine that has some: {@code DeviceCheck CLIP ONE TWO} with the devices
 * of a played clip and of two test cameras, of which the first is named usb-test-one. One result a line, {@code name=value}.
 */
public final class DeviceCheck {
    private static final Path NAME = Path.of("/dev/v4l/by-id/usb-test-one-video-index0");
    private static final int PICTURES = 8;

    public static void main(String[] arguments) throws Exception {
        String clip = arguments[0];
        String one = arguments[1];
        String two = arguments[2];
        can();
        name(one);
        for (UsbCamera camera : new UsbCameras().list()) {
            say("listed." + camera.device(), camera.name() + "|" + camera.address() + "|"
                    + camera.formats().stream().limit(9).map(format -> format.text()).toList() + "|"
                    + camera.controls().stream().map(UsbControl::name).toList());
        }
        read("clip", clip);
        read("asked", one + "?format=yuyv&size=640x360&control.brightness=77");
        say("brightness", printed("v4l2-ctl", "-d", one, "-C", "brightness"));
        read("unknown-size", one + "?size=123x45");
        read("unknown-control", one + "?control.sharpness_of_mind=1");
        read("bad-control", one + "?control.brightness=9999");
        read("not-there", "serial=NONE");
        twice(one);
        unplug(one, two);
    }

    /** A list, what is none of ours, a list that is cut off, and an empty one; sent by somebody else's program. */
    private static void can() throws Exception {
        var address = ObjectsAddress.parse("objects:can://vcan0?id=0x500&labels=person,car");
        try (ObjectSource source = ObjectSource.open("check", address)) {
            for (String frame : new String[] {
                "500#0102017D07800438", "501#00FF800400200100", "123#DEADBEEF", "501#0180000000FFFFFF",
                "00000500#0102017D07800438", "500#01020001", "500#0100017F07800438"
            }) {
                run("cansend", "vcan0", frame);
            }
            say("can", next(source, 60) + "|" + next(source, 60) + "|" + next(source, 60) + "|" + next(source, 1));
        } catch (VideoException e) {
            say("can", e.reason() + "|" + e.getMessage());
        }
        try {
            ObjectSource.open("check", ObjectsAddress.parse("objects:can://can7?id=0x500&labels=a")).close();
        } catch (VideoException e) {
            say("no-can", e.reason() + "|" + e.getMessage());
        }
    }

    private static String next(ObjectSource source, int seconds) throws VideoException {
        try {
            return source.next(Duration.ofSeconds(seconds))
                    .map(list -> list.sequence().orElse(-1) + " " + list.objects())
                    .orElse("nothing");
        } catch (ListException e) {
            return e.getMessage();
        }
    }

    private static void name(String device) throws Exception {
        Files.createDirectories(NAME.getParent());
        Files.deleteIfExists(NAME);
        Files.createSymbolicLink(NAME, Path.of(device));
    }

    private static VideoSource open(String address) throws VideoException {
        var settings = VideoSettings.of("check", "v4l2:" + address).with(Duration.ofSeconds(20));
        return VideoSources.open(settings, Clock.systemUTC());
    }

    private static void read(String what, String address) {
        try (VideoSource source = open(address)) {
            say(what, source.stream().codec() + "|" + source.stream().width() + "x"
                    + source.stream().height() + "|" + pictures(source) + "|" + source.broken());
        } catch (VideoException e) {
            say(what, e.reason() + "|" + e.getMessage());
        }
    }

    /** How many different pictures came. */
    private static int pictures(VideoSource source) throws VideoException {
        Set<Integer> different = new HashSet<>();
        for (int i = 0; i < PICTURES; i++) {
            Optional<VideoSource.Picture> next = source.next(Duration.ofSeconds(20));
            if (next.isEmpty()) {
                return -1;
            }
            VideoSource.Picture picture = next.get();
            ByteBuffer i420 = ByteBuffer.allocateDirect(FrameInfo.bytes(picture.width(), picture.height()));
            picture.copyTo(i420);
            different.add(i420.hashCode());
        }
        return different.size();
    }

    private static void twice(String device) throws VideoException {
        try (VideoSource first = open(device)) {
            pictures(first);
            read("in-use", device);
        }
    }

    /** Pulls the plug while it is read, and puts it in elsewhere: another device under the same name. */
    private static void unplug(String one, String two) throws Exception {
        String stable = "id=usb-test-one";
        try (VideoSource source = open(stable)) {
            pictures(source);
            run("v4l2-ctl", "-d", one, "-c", "disconnect=1");
            long before = System.nanoTime();
            try {
                say("unplugged", "still " + pictures(source));
            } catch (VideoException e) {
                say("unplugged", e.reason() + "|" + e.getMessage());
                say("noticed-ms", String.valueOf((System.nanoTime() - before) / 1_000_000));
            }
        }
        Files.delete(NAME);
        read("away", stable);
        name(two);
        read("back", stable);
    }

    private static void run(String... command) throws Exception {
        printed(command);
    }

    private static String printed(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String all = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return all;
    }

    private static void say(String name, String value) {
        System.out.println(name + "=" + value);
    }
}
