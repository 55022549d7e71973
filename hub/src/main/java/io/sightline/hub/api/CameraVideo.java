package io.sightline.hub.api;

import io.sightline.engine.packet.StreamFormat;
import io.sightline.processors.clips.KeptVideo;
import io.sightline.processors.clips.KeptVideos;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be had of a camera's own video, for callers. */
final class CameraVideo {
    private final KeptVideos videos;

    CameraVideo(KeptVideos videos) {
        this.videos = videos;
    }

    Map<String, @Nullable Object> of(String cameraId) {
        Optional<KeptVideo> stream = videos.find(cameraId);
        Optional<StreamFormat> format = stream.flatMap(KeptVideo::format);
        Optional<String> refusal = stream.flatMap(KeptVideo::refusal);
        Optional<String> unplayable = refusal.isPresent() ? refusal : format.flatMap(CameraVideo::unplayable);
        boolean sent = format.isPresent() && refusal.isEmpty();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("codec", format.map(StreamFormat::codec).orElse(null));
        view.put("live", sent && unplayable.isEmpty());
        view.put("clips", sent && stream.get().clips().enabled());
        view.put("reason", unplayable.or(() -> missing(format)).orElse(null));
        return view;
    }

    /** Why browsers cannot play it in pieces. */
    static Optional<String> unplayable(StreamFormat format) {
        return format.browserCodec().isPresent()
                ? Optional.empty()
                : Optional.of("the camera sends " + format.codec() + ", which browsers play in clips at most:"
                        + " set it to H.264, or watch the pictures instead");
    }

    private static Optional<String> missing(Optional<StreamFormat> format) {
        return format.isPresent() ? Optional.empty() : Optional.of("the camera has sent no H.264 or H.265 video yet");
    }
}
