package io.sightline.hub.cameras;

import io.sightline.camera.objects.ObjectsAddress;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.usb.UsbAddress;
import io.sightline.hub.settings.CameraSettings;
import io.sightline.hub.settings.SightlineSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** What differs between the kinds of cameras beyond their addresses. */
final class CameraKinds {
    private static final String FOLDER = "folder:";

    private final Path memories;

    /** @param memories folder for the files that remember which images were looked at */
    CameraKinds(Path memories) {
        this.memories = memories;
    }

    /** The address as the source of pictures takes it, with what the settings ask for. */
    String address(CameraSettings camera) {
        if (camera.uri().startsWith(UsbAddress.PREFIX)) {
            String wishes = camera.usb().query();
            return camera.uri() + (wishes.isEmpty() ? "" : "?" + wishes);
        } else if (camera.uri().startsWith(FOLDER)) {
            String memory = memories.resolve(camera.id() + ".seen").toString();
            return camera.uri() + "?done=" + camera.folderDone() + "&memory="
                    + URLEncoder.encode(memory, StandardCharsets.UTF_8);
        }
        return camera.uri();
    }

    Detector detector(CameraSettings camera, DetectorShelf detectors) {
        return isSmart(camera) ? new SmartCamera(camera.id()) : detectors.get(camera.detector());
    }

    /** Where each picture stands for itself, or was looked at elsewhere, one sighting is enough. */
    TrackerSettings tracker(CameraSettings camera, SightlineSettings settings) {
        if (isSmart(camera)) {
            return atOnce(0);
        }
        double minConfidence = settings.detectors().get(camera.detector()).minConfidence();
        return isFolder(camera) ? atOnce(minConfidence) : TrackerSettings.defaults(minConfidence);
    }

    private static TrackerSettings atOnce(double minConfidence) {
        var usual = TrackerSettings.defaults(minConfidence);
        return new TrackerSettings(minConfidence, 1, Duration.ZERO, usual.doubtfulPatience(), usual.patience());
    }

    /** Every image of a folder is looked at: what moved since the one before tells nothing. */
    MotionSettings motion(CameraSettings camera) {
        var settings = camera.motion().settings();
        return isFolder(camera)
                ? new MotionSettings(false, settings.sensitivity(), settings.forcedLook(), settings.masks())
                : settings;
    }

    private static boolean isSmart(CameraSettings camera) {
        return camera.uri().startsWith(ObjectsAddress.PREFIX);
    }

    private static boolean isFolder(CameraSettings camera) {
        return camera.uri().startsWith(FOLDER);
    }
}
