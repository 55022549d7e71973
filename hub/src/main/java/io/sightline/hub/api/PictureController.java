package io.sightline.hub.api;

import io.sightline.hub.http.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pictures: of a camera now, of a detection, and as a stream. */
@RestController
@RequestMapping("/api/v1")
final class PictureController {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Pattern HASH = Pattern.compile("([0-9a-f]{64})(\\.jpg)?");
    /** A picture named by its hash never changes. */
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    private final LivePictures pictures;
    private final Detections detections;
    private final PictureStreams streams;

    PictureController(LivePictures pictures, Detections detections, PictureStreams streams) {
        this.pictures = pictures;
        this.detections = detections;
        this.streams = streams;
    }

    @GetMapping("/cameras/{id}/snapshot")
    Callable<ResponseEntity<byte[]>> now(@PathVariable String id) {
        LivePictures.Watch watch =
                pictures.watch(id).orElseThrow(() -> ProblemException.notFound("The camera"));
        return () -> {
            try (watch) {
                byte[] jpeg = watch.next(PATIENCE)
                        .orElseThrow(() -> new ProblemException(503, "The camera has no picture now."));
                return jpeg(jpeg, CacheControl.noStore());
            }
        };
    }

    @GetMapping("/cameras/{id}/stream")
    void stream(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        streams.admit(id);
        response.setContentType("multipart/x-mixed-replace;boundary=" + StreamViewer.BOUNDARY);
        response.setHeader("Cache-Control", "no-store");
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        streams.add(id, context);
    }

    @GetMapping("/detections/{id}/snapshot")
    ResponseEntity<byte[]> ofDetection(@PathVariable String id) throws IOException {
        String hash = detections
                .snapshotHash(id)
                .orElseThrow(() -> ProblemException.notFound("The detection, or its snapshot,"));
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
        byte[] jpeg = detections.snapshot(hash).orElseThrow(() -> ProblemException.notFound("The snapshot"));
        return jpeg(jpeg, cache);
    }

    private static ResponseEntity<byte[]> jpeg(byte[] bytes, CacheControl cache) {
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(cache)
                .body(bytes);
    }
}
