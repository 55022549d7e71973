package io.sightline.hub.settings;

import io.sightline.camera.streams.StreamRoles;
import java.util.Locale;
import java.util.Optional;

/** The keys of a camera's other streams, by what they are for. */
record StreamKeys(
        @Setting("The stream that is looked at, the camera's smaller one: an address like `uri`, with the same login.")
        Optional<String> detect,

        @Setting("The stream that clips and live video are made of, where it is another one than that of snapshots: an"
                + " address like `uri`, with the same login.")
        Optional<String> record,

        @Setting(
                value =
                        "Where snapshots are from: `main` is `uri`, `detect` the stream that is looked at; `auto` is `main`"
                                + " unless the camera has `privacy`.",
                standard = StreamKeys.AUTO,
                oneOf = {StreamKeys.AUTO, StreamKeys.MAIN, "detect"})
        String snapshot)
        implements Keys<StreamRoles> {
    private static final String AUTO = "auto";
    private static final String MAIN = "main";

    @Override
    public StreamRoles value() {
        return new StreamRoles(detect, record, StreamRoles.Snapshot.valueOf(snapshot.toUpperCase(Locale.ROOT)));
    }
}
