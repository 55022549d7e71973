package io.sightline.hub.api;

import io.sightline.hub.http.Caller;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.store.DetectionStore;
import io.sightline.hub.store.SnapshotFiles;
import io.sightline.hub.store.StoredDetection;
import io.sightline.processors.live.Layer;
import io.sightline.processors.live.LivePicture;
import io.sightline.processors.live.LiveView;
import io.sightline.processors.live.LiveViews;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.WebAsyncTask;

/** Pictures: of a camera now, of a detection, and as a stream. */
@RestController
@RequestMapping("/api/v1")
final class PictureController {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Pattern HASH = Pattern.compile("([0-9a-f]{64})(\\.jpg)?");
    /** A picture named by its hash never changes. */
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    private final LiveViews views;
    private final DetectionStore store;
    private final SnapshotFiles snapshots;
    private final PictureStreams streams;
    private final AsyncTaskExecutor waiting;

    PictureController(
            LiveViews views,
            DetectionStore store,
            SnapshotFiles snapshots,
            PictureStreams streams,
            PictureThreads waiting) {
        this.views = views;
        this.store = store;
        this.snapshots = snapshots;
        this.streams = streams;
        this.waiting = waiting.executor();
    }

    @GetMapping("/cameras/{id}/snapshot")
    WebAsyncTask<ResponseEntity<byte[]>> now(
            @PathVariable String id, @RequestParam(defaultValue = Overlays.ALL) String overlay) {
        LiveView view = views.find(id).orElseThrow(() -> ProblemException.notFound("The camera, or a picture of it,"));
        var layers = Overlays.layers(overlay);
        return new WebAsyncTask<>(null, waiting, () -> newest(view, layers));
    }

    private static ResponseEntity<byte[]> newest(LiveView view, Set<Layer> layers) throws InterruptedException {
        try (LiveView.Viewer watch = view.watch(layers)) {
            LivePicture picture = watch.await(0, PATIENCE)
                    .orElseThrow(() -> new ProblemException(503, "The camera has no picture now."));
            return jpeg(picture.jpeg(), CacheControl.noStore());
        }
    }

    @GetMapping("/cameras/{id}/stream")
    void stream(@PathVariable String id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String overlay = request.getParameter("overlay");
        var watched = new PictureStreams.Watched(
                id, Overlays.layers(overlay == null || overlay.isEmpty() ? Overlays.ALL : overlay));
        streams.admit(id);
        response.setContentType("multipart/x-mixed-replace;boundary=" + StreamViewer.BOUNDARY);
        response.setHeader("Cache-Control", "no-store");
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        streams.add(watched, context, caller);
    }

    @GetMapping("/detections/{id}/snapshot")
    ResponseEntity<byte[]> ofDetection(@PathVariable String id) throws IOException {
        String hash = store.find(id)
                .flatMap(StoredDetection::snapshot)
                .orElseThrow(() -> ProblemException.notFound("The detection, or its snapshot,"));
        return snapshot(hash, CacheControl.noCache().cachePrivate());
    }

    @GetMapping("/detections/{id}/crop")
    ResponseEntity<byte[]> cropOfDetection(@PathVariable String id) throws IOException {
        String hash = store.find(id)
                .map(detection -> detection.data().path("crop").path("sha256").asText(""))
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> ProblemException.notFound("The detection, or its crop,"));
        return snapshot(hash, CacheControl.noCache().cachePrivate());
    }

    @GetMapping("/snapshots/{name}")
    ResponseEntity<byte[]> byHash(@PathVariable String name) throws IOException {
        var hash = HASH.matcher(name);
        if (!hash.matches()) {
            throw ProblemException.notFound("The snapshot");
        }
        return snapshot(hash.group(1), FOR_EVER);
    }

    private ResponseEntity<byte[]> snapshot(String hash, CacheControl cache) throws IOException {
        byte[] jpeg = snapshots.read(hash).orElseThrow(() -> ProblemException.notFound("The snapshot"));
        return jpeg(jpeg, cache);
    }

    private static ResponseEntity<byte[]> jpeg(byte[] bytes, CacheControl cache) {
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(cache)
                .body(bytes);
    }
}
