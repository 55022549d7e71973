package io.sightline.hub.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.processors.clips.KeptVideo;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * One who watches a camera's video. One message is on its way at a time and nothing waits: what the viewer does not take in
 * time stays in the camera's ring until the ring forgets it. Any thread; one at a time does the work.
 */
final class LiveViewer {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(15);
    private static final int LONGEST_REASON = 120;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(LiveViewer.class);

    private final WebSocketSession session;
    private final KeptVideo stream;
    private final Tools tools;
    private final RemoteEndpoint.Async remote;
    private final KeptVideo.Viewer watching;
    private final Runnable woken = this::wake;
    private final AtomicInteger wakes = new AtomicInteger();
    private final Instant since;

    private @Nullable StreamFormat told;
    private @Nullable LiveVideo video;
    private @Nullable Instant sendingSince;
    private boolean over;

    /** What all viewers share. */
    record Tools(Executor senders, Clock clock, Counts counts) {}

    /** What became of the video. */
    record Counts(Counter sent, Counter lost, Counter tooSlow) {}

    LiveViewer(WebSocketSession session, KeptVideo stream, Tools tools) {
        this.session = session;
        this.stream = stream;
        this.tools = tools;
        this.since = tools.clock().instant();
        Session bare = ((NativeWebSocketSession) session).getNativeSession(Session.class);
        if (bare == null) {
            throw new IllegalStateException("the server has no WebSocket of Jakarta's kind");
        }
        this.remote = bare.getAsyncRemote();
        this.remote.setSendTimeout(PATIENCE.multipliedBy(2).toMillis());
        this.watching = stream.watch();
    }

    void start() {
        stream.ring().listen(woken);
        wake();
    }

    /** There may be something new. */
    private void wake() {
        if (wakes.getAndIncrement() == 0) {
            execute();
        }
    }

    private void execute() {
        try {
            tools.senders().execute(this::step);
        } catch (RejectedExecutionException expected) {
            // the hub stops
        }
    }

    private void step() {
        int seen = wakes.get();
        boolean sending;
        try {
            sending = send();
        } catch (IOException | RuntimeException | Error e) { // nobody would wake this viewer again
            LOG.atDebug().setCause(e).log("video cannot be sent");
            close(CloseStatus.SERVER_ERROR);
            return;
        }
        if (!sending && !wakes.compareAndSet(seen, 0)) {
            execute();
        }
    }

    /** @return false if there is nothing to send now */
    private synchronized boolean send() throws IOException {
        if (over || !session.isOpen()) {
            return false;
        }
        Optional<String> refusal = stream.refusal();
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return false;
        }
        return told == null ? sendFormat() : sendVideo();
    }

    private boolean sendFormat() throws IOException {
        StreamFormat format = stream.format().orElse(null);
        if (format == null) {
            return false;
        }
        Optional<String> unplayable = CameraVideo.unplayable(format);
        if (unplayable.isPresent()) {
            refuse(unplayable.get());
            return false;
        }
        told = format;
        String text = JSON.writeValueAsString(Map.of(
                "codec", format.browserCodec().orElseThrow(), "width", format.width(), "height", format.height()));
        sendingSince = tools.clock().instant();
        remote.sendText(text, done());
        return true;
    }

    private boolean sendVideo() throws IOException {
        byte[] next = video == null ? begin() : video.next();
        if (video != null && video.isOver()) {
            close(LiveSockets.ANEW);
            return false;
        }
        if (video != null && video.isHopeless()) {
            tooSlow();
            return false;
        }
        if (next == null) {
            return false;
        }
        sendingSince = tools.clock().instant();
        remote.sendBinary(ByteBuffer.wrap(next), done());
        return true;
    }

    private byte @Nullable [] begin() {
        var reader = watching.read().orElse(null);
        if (reader == null) {
            return null;
        }
        if (!reader.format().equals(told)) {
            close(LiveSockets.ANEW);
            return null;
        }
        video = new LiveVideo(reader, tools.counts().lost());
        return video.beginning();
    }

    private SendHandler done() {
        return result -> {
            synchronized (this) {
                sendingSince = null;
            }
            if (result.isOK()) {
                tools.counts().sent().increment();
                execute();
            }
        };
    }

    /** Sends away who takes nothing, and whose camera sends nothing. */
    void look() {
        Instant now = tools.clock().instant();
        boolean stuck;
        boolean waiting;
        synchronized (this) {
            stuck = sendingSince != null && sendingSince.isBefore(now.minus(PATIENCE));
            waiting = video == null && since.isBefore(now.minus(FIRST_PATIENCE));
        }
        if (stuck) {
            tooSlow();
        } else if (waiting) {
            close(LiveSockets.NOTHING);
        } else {
            wake(); // also a camera that went silent may have got privacy meanwhile
        }
    }

    private void tooSlow() {
        tools.counts().tooSlow().increment();
        close(LiveSockets.TOO_SLOW);
    }

    boolean mayStay(Standing standing) {
        return standing.holds(session.getPrincipal());
    }

    private void refuse(String reason) {
        close(new CloseStatus(LiveSockets.REFUSED, shortened(reason)));
    }

    /** The protocol has room for so much only. */
    private static String shortened(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LONGEST_REASON
                ? reason
                : new String(Arrays.copyOf(bytes, LONGEST_REASON), StandardCharsets.US_ASCII);
    }

    void close(CloseStatus status) {
        end();
        try {
            session.close(status);
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("a viewer is gone");
        }
    }

    /** Gives back what it held. May be called twice. */
    void end() {
        stream.ring().unlisten(woken);
        watching.close();
        synchronized (this) {
            over = true;
            if (video != null) {
                video.close();
            }
        }
    }
}
