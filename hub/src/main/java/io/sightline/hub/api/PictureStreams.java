package io.sightline.hub.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.hub.http.Caller;
import io.sightline.hub.http.ProblemException;
import io.sightline.processors.live.Layer;
import io.sightline.processors.live.LivePicture;
import io.sightline.processors.live.LiveView;
import io.sightline.processors.live.LiveViews;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MJPEG for any number of viewers: one thread per watched camera takes the newest picture and offers it to each viewer,
 * none of which can hold it up. A viewer that takes nothing for {@link #PATIENCE}, or whose login is over, is sent away.
 */
final class PictureStreams implements AutoCloseable {
    static final int MOST_VIEWERS = 200;
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(PictureStreams.class);
    private static final Duration TURN = Duration.ofMillis(500);

    private final LiveViews views;
    private final Standing standing;
    private final Clock clock;
    private final Counts counts;
    private final AtomicInteger viewers = new AtomicInteger();
    private final Map<Watched, Feed> feeds = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Which pictures of which camera. */
    record Watched(String cameraId, Set<Layer> layers) {}

    /** What became of pictures for viewers. */
    record Counts(Counter sent, Counter lost) {}

    PictureStreams(LiveViews views, Standing standing, Clock clock, MeterRegistry meters) {
        this.views = views;
        this.standing = standing;
        this.clock = clock;
        this.counts = new Counts(
                meters.counter("sightline.stream.pictures.sent"), meters.counter("sightline.stream.pictures.lost"));
        Gauge.builder("sightline.stream.viewers", viewers, AtomicInteger::get).register(meters);
    }

    /** Refuses a viewer before the answer has begun. */
    void admit(String cameraId) {
        if (viewers.get() >= MOST_VIEWERS) {
            throw new ProblemException(503, "There are " + MOST_VIEWERS + " viewers already.");
        }
        if (views.find(cameraId).isEmpty()) {
            throw ProblemException.notFound("The camera, or a picture of it,");
        }
    }

    /** Takes over the answer to one viewer. */
    void add(Watched watched, AsyncContext context, Caller caller) throws IOException {
        viewers.incrementAndGet();
        Feed feed = feeds.compute(watched, (key, running) -> {
            Feed one = running == null ? new Feed(key) : running;
            one.users++;
            return one;
        });
        var viewer = new StreamViewer(context, caller, counts, gone -> leave(feed, gone));
        feed.viewers.add(viewer);
        feed.startOnce();
        viewer.start();
    }

    int viewers() {
        return viewers.get();
    }

    private void leave(Feed feed, StreamViewer viewer) {
        feed.viewers.remove(viewer);
        viewers.decrementAndGet();
        feeds.computeIfPresent(feed.watched, (key, one) -> {
            one.users--;
            return one.users <= 0 ? null : one;
        });
    }

    @Override
    public void close() {
        closed = true;
        feeds.values().forEach(feed -> Set.copyOf(feed.viewers).forEach(StreamViewer::end));
    }

    /** The pictures of one camera, with the same drawn into them, for all who watch those. */
    private final class Feed implements Runnable {
        private final Watched watched;
        private final Set<StreamViewer> viewers = ConcurrentHashMap.newKeySet();
        private int users;
        private boolean started;
        private long newest;
        private Instant nextLook = Instant.EPOCH;

        Feed(Watched watched) {
            this.watched = watched;
        }

        synchronized void startOnce() {
            if (!started) {
                started = true;
                var thread = new Thread(this, "stream-" + watched.cameraId);
                thread.setDaemon(true);
                thread.start();
            }
        }

        @Override
        public void run() {
            try (LiveView.Viewer watch = views.find(watched.cameraId)
                    .map(view -> view.watch(watched.layers))
                    .orElse(null)) {
                while (watch != null && !watch.isOver() && !closed && feeds.get(watched) == this) {
                    turn(watch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("cameraId", watched.cameraId)
                        .log("a stream failed, its viewers are sent away");
            } finally {
                Set.copyOf(viewers).forEach(StreamViewer::end);
            }
        }

        private void turn(LiveView.Viewer watch) throws InterruptedException {
            Optional<LivePicture> picture = watch.await(newest, TURN);
            newest = picture.map(LivePicture::number).orElse(newest);
            var now = clock.instant();
            var limit = now.minus(PATIENCE);
            if (!now.isBefore(nextLook)) {
                nextLook = now.plus(Standing.TURN);
                viewers.stream().filter(viewer -> !viewer.mayStay(standing)).forEach(StreamViewer::end);
            }
            for (StreamViewer viewer : viewers) {
                if (viewer.stuckBefore(limit)) {
                    viewer.end();
                } else {
                    picture.ifPresent(one -> viewer.offer(one.jpeg(), now));
                }
            }
        }
    }
}
