package io.sightline.engine.video;

import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Ends FFmpeg calls that wait for the network. FFmpeg asks, on the thread that waits and about every 100 ms, whether it
 * shall give up: yes if that thread was interrupted, its deadline has passed, or its source is being closed.
 *
 * <p>One callback serves all sources, because the bindings have room for ten in the whole process.
 */
final class BlockedCalls {
    private static final ThreadLocal<@Nullable Limit> CURRENT = new ThreadLocal<>();
    private static final GiveUp CALLBACK = new GiveUp();

    private BlockedCalls() {}

    static AVIOInterruptCB.Callback_Pointer callback() {
        return CALLBACK;
    }

    /** What may end the calls of this thread until the limit is closed. */
    static Limit limit(long deadlineNanos, BooleanSupplier closing) {
        var limit = new Limit(deadlineNanos, closing);
        CURRENT.set(limit);
        return limit;
    }

    static final class Limit implements AutoCloseable {
        private final long patienceNanos;
        private final long wantedNanos;
        private final BooleanSupplier closing;
        private long deadlineNanos;
        private Runnable whenAsked = () -> {};
        private BooleanSupplier alsoEnding = () -> false;

        private Limit(long deadlineNanos, BooleanSupplier closing) {
            this.deadlineNanos = deadlineNanos;
            this.wantedNanos = deadlineNanos;
            this.patienceNanos = deadlineNanos - System.nanoTime();
            this.closing = closing;
        }

        /** Runs once, on the thread that waits, when FFmpeg asks for the first time from now on. */
        void whenAsked(Runnable action) {
            whenAsked = action;
        }

        /** Is asked, on the thread that waits, each time that FFmpeg asks; true ends the call. Replaces what was set. */
        void endedAlsoBy(BooleanSupplier condition) {
            alsoEnding = condition;
        }

        private boolean asked() {
            Runnable action = whenAsked;
            whenAsked = () -> {};
            action.run();
            return reached() || alsoEnding.getAsBoolean();
        }

        /** As long again from now on, for calls that wait. Called by the thread that it limits. */
        void again() {
            deadlineNanos = System.nanoTime() + patienceNanos;
        }

        boolean expired() {
            return System.nanoTime() - deadlineNanos >= 0;
        }

        /** Whether the time is over that was given at first, whatever {@link #again} has added, or this is to end. */
        boolean due() {
            return System.nanoTime() - wantedNanos >= 0 || reached();
        }

        boolean reached() {
            return expired() || closing.getAsBoolean() || Thread.currentThread().isInterrupted();
        }

        @Override
        public void close() {
            CURRENT.remove();
        }
    }

    private static final class GiveUp extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(@Nullable Pointer opaque) {
            Limit limit = CURRENT.get();
            return limit != null && limit.asked() ? 1 : 0;
        }
    }
}
