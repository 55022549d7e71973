package io.sightline.hub.launcher;

import io.sightline.engine.offline.DetectRun;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal that says how far a run is. Used by one thread. */
final class ProgressBar implements DetectRun.Progress {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final int CELLS = 30;
    private static final double MEGABYTE = 1e6;
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
        if (isTime()) {
            double rate = done / ((shown - start) / 1e9);
            show(total >= done ? bar(done, total, rate) : plain(done, rate));
        }
    }

    /** How far a model is that is being fetched. @param total in bytes; negative where it is not known */
    void fetched(long done, long total) {
        if (isTime()) {
            double megabytes = done / MEGABYTE;
            show(
                    total >= done
                            ? String.format(
                                    Locale.ROOT,
                                    "[%s] %3d %%  %.1f of %.1f MB of the model",
                                    cells(done, total),
                                    100 * done / total,
                                    megabytes,
                                    total / MEGABYTE)
                            : String.format(Locale.ROOT, "%.1f MB of the model", megabytes));
        }
    }

    private boolean isTime() {
        long now = nanos.getAsLong();
        if (now - shown < PAUSE_NANOS) {
            return false;
        }
        shown = now;
        return true;
    }

    private void show(String line) {
        terminal.print(FROM_THE_START + line);
        terminal.flush();
    }

    private static String cells(long done, long total) {
        int full = (int) (CELLS * done / total);
        return "#".repeat(full) + "-".repeat(CELLS - full);
    }

    /** Leaves an empty line. */
    void clear() {
        show("");
    }

    private static String plain(long done, double rate) {
        return String.format(Locale.ROOT, "%d frames, %.1f/s", done, rate);
    }

    private static String bar(long done, long total, double rate) {
        return String.format(
                Locale.ROOT,
                "[%s] %3d %%  %d of %d frames, %.1f/s, %.0f s left",
                cells(done, total),
                100 * done / total,
                done,
                total,
                rate,
                (total - done) / rate);
    }
}
