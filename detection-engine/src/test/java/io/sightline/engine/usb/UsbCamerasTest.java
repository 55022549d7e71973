package io.sightline.engine.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.engine.usb.UsbException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What can be known without a camera: how one is found, and what is said of those that cannot be used. */
@EnabledOnOs(OS.LINUX)
class UsbCamerasTest {
    private static final Path DEVICE = Path.of("/dev/video7");

    @TempDir
    Path folder;

    private Path devices;
    private Path classes;

    @BeforeEach
    void makeSystem() throws IOException {
        devices = Files.createDirectories(folder.resolve("dev"));
        classes = Files.createDirectories(folder.resolve("class"));
    }

    /** A plain file in the place of the device: everything works up to the first question to the driver. */
    private void plugIn(int number, String serial, String id) throws IOException {
        Path usb = Files.createDirectories(folder.resolve("usb/" + serial + "/1.0"));
        Files.writeString(usb.resolveSibling("serial"), serial + "\n");
        for (int index = 0; index < 2; index++) {
            Path node = Files.createDirectories(classes.resolve("video" + (number + index)));
            Files.writeString(node.resolve("name"), "Camera " + serial + "\n");
            Files.writeString(node.resolve("index"), index + "\n");
            Files.createSymbolicLink(node.resolve("device"), usb);
            Files.writeString(devices.resolve("video" + (number + index)), "");
        }
        Path ids = Files.createDirectories(devices.resolve("v4l/by-id"));
        Files.deleteIfExists(ids.resolve(id));
        Files.createSymbolicLink(ids.resolve(id), devices.resolve("video" + number));
    }

    private UsbException refusal(String address) {
        var cameras = new UsbCameras(devices, classes);
        return catchThrowableOfType(UsbException.class, () -> cameras.open(UsbAddress.parse(address)));
    }

    @Test
    void shouldFindACameraBySerialNumberAndStableNameWhereverItIs() throws Exception {
        // Given
        plugIn(0, "AAA", "usb-one-video-index0");
        plugIn(2, "BBB", "usb-two-video-index0");

        // When, Then: the plain file is no camera, but it is the right one
        assertThat(refusal("v4l2:serial=BBB")).hasMessageContaining("dev/video2 cannot be used");
        assertThat(refusal("v4l2:id=usb-two-video-index0")).hasMessageContaining("dev/video2 cannot be used");
        assertThat(refusal("v4l2:id=usb-one")).hasMessageContaining("dev/video0 cannot be used");

        // When: the second one is plugged in elsewhere
        plugIn(4, "CCC", "usb-two-video-index0");

        // Then
        assertThat(refusal("v4l2:id=usb-two")).hasMessageContaining("dev/video4 cannot be used");
    }

    @Test
    void shouldSayWhatIsPluggedInWhereACameraIsNot() throws Exception {
        assertThat(refusal("v4l2:serial=XXX").reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(refusal("v4l2:serial=XXX")).hasMessageContaining("no camera is");

        plugIn(0, "AAA", "usb-one-video-index0");

        assertThat(refusal("v4l2:id=usb-none"))
                .hasMessageContaining("usb-none is not plugged in")
                .hasMessageContaining("/dev/video0 (Camera AAA)");
        assertThat(refusal("v4l2:/dev/none").reason()).isEqualTo(Reason.NOT_FOUND);
        var cameras = new UsbCameras(devices, classes);
        assertThat(cameras.isPluggedIn(UsbAddress.parse("v4l2:serial=AAA"))).isTrue();
        assertThat(cameras.isPluggedIn(UsbAddress.parse("v4l2:serial=XXX"))).isFalse();
    }

    @Test
    void shouldListACameraThatItCannotAskWithTheReason() throws Exception {
        plugIn(0, "AAA", "usb-one-video-index0");

        List<UsbCamera> all = new UsbCameras(devices, classes).list();

        assertThat(all).hasSize(1);
        assertThat(all.get(0).name()).isEqualTo("Camera AAA");
        assertThat(all.get(0).serial()).contains("AAA");
        assertThat(all.get(0).address()).isEqualTo("v4l2:id=usb-one-video-index0");
        assertThat(all.get(0).problem())
                .hasValueSatisfying(why -> assertThat(why).contains("cannot be used"));
        assertThat(new UsbCameras(folder.resolve("no"), folder.resolve("no")).list())
                .isEmpty();
    }

    @Test
    void shouldNameTheGroupThatMayUseADevice() throws Exception {
        Path device = Files.writeString(folder.resolve("video0"), "");
        String group = Files.readAttributes(device, java.nio.file.attribute.PosixFileAttributes.class)
                .group()
                .getName();

        assertThat(UsbCameras.forbidden(device))
                .contains("user '" + System.getProperty("user.name") + "'")
                .contains("add the user to group '" + group + "'");
        assertThat(UsbCameras.forbidden(Path.of("/dev/none"))).contains("group 'video'");
    }

    @Test
    void shouldRefuseWhatIsNotOfferedAndTellWhatIs() {
        var offered = List.of(
                new UsbFormat("mjpeg", 1280, 720, 30, false),
                new UsbFormat("yuyv", 1280, 720, 10, false),
                new UsbFormat("h264", 1920, 1080, 0, true));

        for (UsbWishes fine : List.of(
                UsbWishes.NONE,
                UsbWishes.parse("format=mjpeg&size=1280x720&fps=30"),
                UsbWishes.parse("size=1280x720&fps=29.97"),
                UsbWishes.parse("format=h264&size=640x360&fps=60"))) {
            assertThatCode(() -> UsbCameras.refuseUnoffered(DEVICE, offered, fine))
                    .doesNotThrowAnyException();
        }
        var tooFast = catchThrowableOfType(
                UsbException.class,
                () -> UsbCameras.refuseUnoffered(DEVICE, offered, UsbWishes.parse("format=yuyv&size=1280x720&fps=30")));
        assertThat(tooFast)
                .hasMessageContaining("/dev/video7 does not offer format=yuyv&size=1280x720&fps=30")
                .hasMessageContaining("mjpeg 1280x720 at 30/s, yuyv 1280x720 at 10/s, h264 up to 1920x1080");
        assertThatCode(() -> UsbCameras.refuseUnoffered(
                        DEVICE, List.of(), new UsbWishes(Optional.empty(), 5, 5, 5, Map.of())))
                .doesNotThrowAnyException();
    }
}
