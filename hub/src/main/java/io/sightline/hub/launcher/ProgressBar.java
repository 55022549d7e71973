package io.sightline.hub.launcher;

import io.sightline.engine.offline.DetectRun;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal that says how far a run is. Used by one thread. */
final class ProgressBar implements DetectRun.Progress {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final int CELLS = 30;
    private static final String FROM_THE_START = "\r\033[K";

    private final PrintStream terminal;
    private final LongSupplier nanos;
    private final long start;
    private long shown;

    /** @param nanos a clock that only goes forward */
    ProgressBar(PrintStream terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.shown = start;
    }

    @Override
    public void frames(long done, long total) {
        long now = nanos.getAsLong();
        if (now - shown < PAUSE_NANOS) {
            return;
        }
        shown = now;
        double rate = done / ((now - start) / 1e9);
        terminal.print(FROM_THE_START + (total >= done ? bar(done, total, rate) : plain(done, rate)));
        terminal.flush();
    }

    /** Leaves an empty line. */
    void clear() {
        terminal.print(FROM_THE_START);
        terminal.flush();
    }

    private static String plain(long done, double rate) {
        return String.format(Locale.ROOT, "%d frames, %.1f/s", done, rate);
    }

    private static String bar(long done, long total, double rate) {
        int full = (int) (CELLS * done / total);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %d of %d frames, %.1f/s, %.0f s left",
                "#".repeat(full),
                "-".repeat(CELLS - full),
                100 * done / total,
                done,
                total,
                rate,
                (total - done) / rate);
    }
}
