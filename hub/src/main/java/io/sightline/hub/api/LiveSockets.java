package io.sightline.hub.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.processors.clips.KeptVideo;
import io.sightline.processors.clips.KeptVideos;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * A camera's own video over WebSocket: a text that says what it is, the beginning of a fragmented MP4, then its fragments.
 * Nothing is decoded, encoded or queued: each viewer reads the camera's ring at its own speed, one message at a time.
 */
final class LiveSockets extends TextWebSocketHandler implements AutoCloseable {
    static final CloseStatus LOGIN_OVER = new CloseStatus(4001, "the login is over");
    static final int REFUSED = 4003;
    static final CloseStatus NO_CAMERA = new CloseStatus(4004, "there is no such camera");
    static final CloseStatus TOO_SLOW = new CloseStatus(4008, "too slow for this video");
    static final CloseStatus NOTHING = new CloseStatus(4010, "the camera sends no video");
    static final CloseStatus ANEW = new CloseStatus(1012, "the video began anew, connect again");
    static final CloseStatus FULL = new CloseStatus(1013, "too many viewers");
    static final int MOST_VIEWERS = 200;

    private static final int LARGEST_MESSAGE = 1024;
    private static final Pattern PATH = Pattern.compile(".*/cameras/([a-z0-9][a-z0-9_-]{0,62})/live");

    private final KeptVideos videos;
    private final Standing standing;
    private final Clock clock;
    private final LiveViewer.Counts counts;
    private final Map<String, LiveViewer> viewers = new ConcurrentHashMap<>();
    private final ExecutorService senders = Executors.newFixedThreadPool(2, named("live-send"));
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(named("live-watch"));

    LiveSockets(KeptVideos videos, Standing standing, Clock clock, MeterRegistry meters) {
        this.videos = videos;
        this.standing = standing;
        this.clock = clock;
        Counter tooSlow = meters.counter("sightline.live.viewers.too.slow");
        this.counts = new LiveViewer.Counts(
                meters.counter("sightline.live.messages.sent"), meters.counter("sightline.live.packets.lost"), tooSlow);
        meters.gaugeMapSize("sightline.live.viewers", List.of(), viewers);
        watch.scheduleWithFixedDelay(
                this::look, Standing.TURN.toSeconds(), Standing.TURN.toSeconds(), TimeUnit.SECONDS);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        session.setTextMessageSizeLimit(LARGEST_MESSAGE);
        session.setBinaryMessageSizeLimit(LARGEST_MESSAGE);
        if (viewers.size() >= MOST_VIEWERS) {
            session.close(FULL);
            return;
        }
        Optional<KeptVideo> stream = camera(session).flatMap(videos::find);
        if (stream.isEmpty()) {
            session.close(NO_CAMERA);
            return;
        }
        var viewer = new LiveViewer(session, stream.get(), new LiveViewer.Tools(senders, clock, counts));
        viewers.put(session.getId(), viewer);
        viewer.start();
    }

    private static Optional<String> camera(WebSocketSession session) {
        Matcher path =
                PATH.matcher(session.getUri() == null ? "" : session.getUri().getPath());
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }

    /** Looks after viewers that are stuck, logged out, or wait for a camera that sends nothing. */
    private void look() {
        for (LiveViewer viewer : viewers.values()) {
            if (!viewer.mayStay(standing)) {
                viewer.close(LOGIN_OVER);
            } else {
                viewer.look();
            }
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
        session.close(CloseStatus.POLICY_VIOLATION.withReason("this socket only shows"));
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable reason) {
        leave(session);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        leave(session);
    }

    private void leave(WebSocketSession session) {
        LiveViewer gone = viewers.remove(session.getId());
        if (gone != null) {
            gone.end();
        }
    }

    int viewers() {
        return viewers.size();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        viewers.values().forEach(viewer -> viewer.close(CloseStatus.GOING_AWAY));
        senders.shutdownNow();
    }
}
