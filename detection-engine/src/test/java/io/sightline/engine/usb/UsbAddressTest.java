package io.sightline.engine.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.usb.UsbAddress.By;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsbAddressTest {

    @Test
    void shouldTellDeviceSerialNumberAndStableNameApart() {
        assertThat(UsbAddress.parse("v4l2:/dev/video0"))
                .isEqualTo(new UsbAddress(By.DEVICE, "/dev/video0", UsbWishes.NONE));
        assertThat(UsbAddress.parse("v4l2:serial=1A2B")).isEqualTo(new UsbAddress(By.SERIAL, "1A2B", UsbWishes.NONE));
        assertThat(UsbAddress.parse("v4l2:id=usb-046d_C920-video-index0").by()).isEqualTo(By.ID);
    }

    @Test
    void shouldReadBackTheWishesThatItWrites() {
        var wishes = UsbWishes.of(
                Optional.of("mjpeg"), Optional.of("1280x720"), 12.5, Map.of("exposure_auto", 1, "brightness", -3));

        var read = UsbAddress.parse("v4l2:/dev/video0?" + wishes.query()).wishes();

        assertThat(read).isEqualTo(wishes);
        assertThat(read.options())
                .isEqualTo(Map.of("input_format", "mjpeg", "video_size", "1280x720", "framerate", "12.5"));
        assertThat(UsbWishes.NONE.query()).isEmpty();
        assertThat(UsbWishes.parse("format=yuyv").options()).containsEntry("input_format", "yuyv422");
    }

    @Test
    void shouldSayWhatIsAllowed() {
        for (String wrong : List.of(
                "v4l2:",
                "v4l2:video0",
                "v4l2:/etc/passwd",
                "v4l2:/dev/../etc/passwd",
                "v4l2:serial=",
                "v4l2:id=../x")) {
            assertThatThrownBy(() -> UsbAddress.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("v4l2:/dev/video0");
        }
        assertThatThrownBy(() -> UsbAddress.parse("v4l2:/dev/video0?size=big")).hasMessageContaining("1280x720");
        assertThatThrownBy(() -> UsbAddress.parse("v4l2:/dev/video0?format=raw"))
                .hasMessageContaining("mjpeg, yuyv");
        assertThatThrownBy(() -> UsbAddress.parse("v4l2:/dev/video0?fps=0")).hasMessageContaining("above 0");
        assertThatThrownBy(() -> UsbAddress.parse("v4l2:/dev/video0?speed=1")).hasMessageContaining("control.NAME");
        assertThatThrownBy(() -> UsbAddress.parse("v4l2:/dev/video0?control.gain=x"))
                .hasMessageContaining("whole number");
    }

    @Test
    void shouldNameControlsAndFormatsAsTheUsualToolsDo() {
        assertThat(V4l2Device.controlName("White Balance, Automatic")).isEqualTo("white_balance_automatic");
        assertThat(V4l2Device.controlName("Exposure (Absolute)")).isEqualTo("exposure_absolute");
        assertThat(V4l2Device.name('M' | 'J' << 8 | 'P' << 16 | 'G' << 24)).isEqualTo("mjpeg");
        assertThat(V4l2Device.name('Y' | 'U' << 8 | 'Y' << 16 | 'V' << 24)).isEqualTo("yuyv");
        assertThat(V4l2Device.name('N' | 'V' << 8 | '1' << 16 | '2' << 24)).isEqualTo("nv12");
    }
}
