package io.sightline.hub.api;

import io.sightline.hub.clips.ClipFiles;
import io.sightline.hub.http.Caller;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.settings.CameraSettings;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.store.DetectionStore;
import io.sightline.processors.clips.ClipFolder.Clip;
import io.sightline.processors.clips.ClipRecorder;
import io.sightline.processors.clips.KeptVideo;
import io.sightline.processors.clips.KeptVideos;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Clips: of a detection, by the link of an event, and by a link that needs no login. */
@RestController
@RequestMapping("/api/v1")
final class ClipController {
    private static final Logger LOG = LoggerFactory.getLogger(ClipController.class);
    private static final Duration LINK = Duration.ofDays(1);
    private static final Duration SHORTEST_LINK = Duration.ofMinutes(1);
    private static final Duration LONGEST_LINK = Duration.ofDays(30);
    private static final String RETRY_AFTER_SECONDS = "3";

    private final DetectionStore store;
    private final ClipFiles files;
    private final ClipRecorder recorder;
    private final KeptVideos videos;
    private final SettingsFile settings;

    ClipController(
            DetectionStore store, ClipFiles files, ClipRecorder recorder, KeptVideos videos, SettingsFile settings) {
        this.settings = settings;
        this.store = store;
        this.files = files;
        this.recorder = recorder;
        this.videos = videos;
    }

    /** @param expiresIn seconds */
    record LinkRequest(@Nullable Long expiresIn) {}

    record Link(String href, Instant expiresAt) {}

    @GetMapping("/detections/{id}/clip")
    void ofDetection(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(clipOf(id), request, response);
    }

    @PostMapping("/detections/{id}/clip/link")
    Link link(@PathVariable String id, @RequestBody(required = false) @Nullable LinkRequest wish, Caller caller) {
        Duration age = wish == null || wish.expiresIn() == null ? LINK : age(wish.expiresIn());
        Clip clip = clipOf(id);
        refuseIfCovered(clip);
        if (files.file(clip).isEmpty() && !recorder.isBeingWritten(clip)) {
            throw ProblemException.notFound("The clip");
        }
        var signed = files.sign(clip, age);
        LOG.atInfo()
                .addKeyValue("user", caller.getName())
                .addKeyValue("detectionId", id)
                .addKeyValue("expiresAt", signed.expiresAt())
                .log("gave a link to a clip that needs no login");
        return new Link(signed.href(), signed.expiresAt());
    }

    private static Duration age(long seconds) {
        if (seconds < SHORTEST_LINK.toSeconds() || seconds > LONGEST_LINK.toSeconds()) {
            throw new ProblemException(
                    400,
                    "expires_in: allowed are " + SHORTEST_LINK.toSeconds() + " to " + LONGEST_LINK.toSeconds()
                            + " seconds.");
        }
        return Duration.ofSeconds(seconds);
    }

    private Clip clipOf(String detection) {
        return store.find(detection)
                .map(found -> found.data().path("clip").path("href").asText(""))
                .flatMap(ClipFiles::clip)
                .orElseThrow(() -> ProblemException.notFound("The detection, or its clip,"));
    }

    @GetMapping("/clips/{camera}/{name}")
    void byName(
            @PathVariable String camera,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Clip clip = ClipFiles.clip(camera, name).orElseThrow(() -> ProblemException.notFound("The clip"));
        send(clip, request, response);
    }

    @GetMapping("/shared/clips/{camera}/{name}")
    void shared(
            @PathVariable String camera,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Clip clip = ClipFiles.clip(camera, name)
                .filter(one -> files.isSigned(one, request.getParameter("expires"), request.getParameter("signature")))
                .orElseThrow(() -> new ProblemException(404, "The link is not one of this hub, or has expired."));
        response.setHeader("Referrer-Policy", "no-referrer");
        send(clip, request, response);
    }

    private void send(Clip clip, HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuseIfCovered(clip);
        boolean comes = recorder.isBeingWritten(clip); // asked first: it may be completed in between
        Path file = files.file(clip).orElse(null);
        if (file == null && comes) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            throw new ProblemException(404, "The clip is still being written; try again in a few seconds.");
        } else if (file == null) {
            throw ProblemException.notFound("The clip");
        }
        FileAnswer.send(file, request, response);
    }

    /** Its clips show what its pictures must not, those from before it had privacy too, also when the camera is gone. */
    private void refuseIfCovered(Clip clip) {
        CameraSettings camera = settings.current().cameras().get(clip.cameraId());
        boolean now = videos.find(clip.cameraId()).filter(KeptVideo::isCovered).isPresent();
        if (now || camera != null && camera.privacy().covers()) { // the second also while the hub starts
            throw new ProblemException(
                    403, "The camera has privacy, which its clips do not: they are shown to nobody.");
        }
        if (files.isCovered(clip)) {
            throw new ProblemException(
                    403, "The clip is from before its camera had privacy, and is shown to nobody any more.");
        }
    }
}
