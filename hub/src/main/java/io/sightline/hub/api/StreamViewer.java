package io.sightline.hub.api;

import io.sightline.hub.http.Caller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One who watches a stream. Holds no thread and at most one picture that waits: a newer one replaces it, and the loss is
 * counted. Any thread.
 */
final class StreamViewer implements WriteListener, AsyncListener {
    static final String BOUNDARY = "sightline-picture";

    private final AsyncContext context;
    private final Caller caller;
    private final PictureStreams.Counts counts;
    private final Consumer<StreamViewer> gone;
    private final ServletOutputStream out;
    private byte @Nullable [] waiting;
    private boolean over;
    /** When the picture that is being sent was begun; null while nothing is stuck. */
    private @Nullable Instant stuckSince;

    StreamViewer(AsyncContext context, Caller caller, PictureStreams.Counts counts, Consumer<StreamViewer> gone)
            throws IOException {
        this.context = context;
        this.caller = caller;
        this.counts = counts;
        this.gone = gone;
        this.out = context.getResponse().getOutputStream();
        context.addListener(this);
    }

    void start() {
        out.setWriteListener(this);
    }

    /** Offers the newest picture; returns at once. */
    synchronized void offer(byte[] jpeg, Instant now) {
        if (over) {
            return;
        }
        if (waiting != null) {
            counts.lost().increment();
        }
        waiting = jpeg;
        write(now);
    }

    /** @return whether this viewer took nothing for longer than allowed */
    synchronized boolean stuckBefore(Instant limit) {
        return stuckSince != null && stuckSince.isBefore(limit);
    }

    boolean mayStay(Standing standing) {
        return standing.holds(caller);
    }

    @Override
    public synchronized void onWritePossible() {
        stuckSince = null;
        write(Instant.EPOCH);
    }

    private void write(Instant now) {
        try {
            while (!over && waiting != null && out.isReady()) {
                byte[] jpeg = waiting;
                waiting = null;
                out.write(part(jpeg));
                counts.sent().increment();
                if (out.isReady()) {
                    out.flush();
                }
            }
            if (waiting != null && stuckSince == null) {
                stuckSince = now;
            }
        } catch (IOException | IllegalStateException e) {
            end();
        }
    }

    /** Head, picture and the line after it in one piece, so that one wait covers all. */
    private static byte[] part(byte[] jpeg) {
        byte[] head = ("--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + jpeg.length + 2];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(jpeg, 0, all, head.length, jpeg.length);
        all[all.length - 2] = '\r';
        all[all.length - 1] = '\n';
        return all;
    }

    /** Ends the stream; may be repeated. */
    void end() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            waiting = null;
        }
        gone.accept(this);
        try {
            context.complete();
        } catch (IllegalStateException expected) {
            // ended from the other side
        }
    }

    @Override
    public void onError(Throwable reason) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // the request is dispatched nowhere else
    }
}
