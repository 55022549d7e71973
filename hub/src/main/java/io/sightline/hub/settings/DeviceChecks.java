package io.sightline.hub.settings;

import io.sightline.camera.objects.ObjectsAddress;
import io.sightline.engine.usb.UsbAddress;
import io.sightline.engine.usb.UsbWishes;
import io.sightline.engine.video.VideoSettings;
import java.util.Map;
import java.util.Optional;

/** What the keys of cameras that are no network streams need beyond each single value. */
final class DeviceChecks {
    private final Reading reading;

    DeviceChecks(Reading reading) {
        this.reading = reading;
    }

    /** Keys that are for one kind of camera only, and the detector, which one kind does not have. */
    void check(Map<String, Object> found, Map<String, Written> written, RecordReader.Place place) {
        String uri = Optional.ofNullable(written.get("uri")).map(Written::text).orElse("");
        boolean usb = found.get("usb") instanceof UsbWishes wishes && !wishes.equals(UsbWishes.NONE);
        if (usb && !uri.startsWith(UsbAddress.PREFIX)) {
            reading.problem(place.line(), place.of("usb") + ": got a value, allowed with v4l2: addresses only");
        }
        if ("move".equals(found.get("folderDone")) && !uri.startsWith("folder:")) {
            reading.problem(
                    place.line(), place.of("folder-done") + ": got 'move', allowed with folder: addresses only");
        }
        detector(uri.startsWith(ObjectsAddress.PREFIX), found, written, place);
    }

    private void detector(
            boolean smart, Map<String, Object> found, Map<String, Written> written, RecordReader.Place place) {
        Written given = written.get("detector");
        if (!smart && "".equals(found.get("detector"))) {
            reading.problem(place.line(), place.key() + ": 'detector' is missing");
        } else if (smart && given != null && given.key().startsWith(place.key())) {
            reading.refuse(given, "is none: the camera itself tells what it sees");
        } else if (smart) {
            found.put("detector", "");
        }
    }

    /** The address of a {@code v4l2:}, {@code objects:} or {@code gige:} camera. */
    void address(Written uri, CameraUri parts, Map<String, Object> found) {
        Optional<String> problem =
                switch (parts.scheme()) {
                    case "v4l2" -> usbProblem(parts.address());
                    case "objects" -> ObjectsAddress.problem(parts.address());
                    default -> Optional.of("uri: " + VideoSettings.NO_GIGE);
                };
        problem.ifPresent(text -> reading.problem(uri.line(), uri.key() + ": " + text.replaceFirst("^uri: ", "")));
        found.put("uri", parts.address());
    }

    private static Optional<String> usbProblem(String address) {
        if (address.contains("?")) {
            return Optional.of("got options in the address, allowed are they in 'usb' beside it");
        }
        return VideoSettings.addressProblems(address).stream().findFirst();
    }
}
