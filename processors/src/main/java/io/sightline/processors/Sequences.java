package io.sightline.processors;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers the events of each source without gaps. A number is given and its event sent under one lock per source, so the
 * order of numbers is the order on the spine; sources do not wait for each other. A source that goes away and comes
 * back goes on counting. Any thread.
 */
public final class Sequences {
    private static final long MOST_STARTS = 999_999;

    private final long starts;
    private final ConcurrentHashMap<String, Source> sources = new ConcurrentHashMap<>();

    /** @param starts how often this hub has been started, this time included; 1 to 999999 */
    public Sequences(long starts) {
        if (starts < 1 || starts > MOST_STARTS) {
            throw new IllegalArgumentException("count of starts: got " + starts + ", allowed are 1 to " + MOST_STARTS);
        }
        this.starts = starts;
    }

    /**
     * Sends with the next number of a source. The number counts as used when the sending returns; if it throws, the
     * next call gets the same one.
     */
    void inOrder(String source, Sending sending) {
        sources.computeIfAbsent(source, name -> new Source()).next(sending);
    }

    /** As events carry it: sorts as text in the order of sending, also over restarts. */
    static String text(long starts, long number) {
        return String.format("%06d-%013d", starts, number);
    }

    /** What to do with a number. */
    @FunctionalInterface
    interface Sending {
        void send(String sequence);
    }

    private final class Source {
        private final ReentrantLock lock = new ReentrantLock(true);
        private long last;

        void next(Sending sending) {
            lock.lock();
            try {
                sending.send(text(starts, last + 1));
                last++;
            } finally {
                lock.unlock();
            }
        }
    }
}
