package io.sightline.engine.packet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The newest packets of one camera, outside the heap, beginning with a key frame. It keeps as many groups of pictures as
 * cover the time asked for, so that the oldest picture is at most one group older than that, longer what a reader of {@link
 * #read} has still to read, and never more bytes than its limit. Any thread; the calls are short and wait for nothing but each other.
 */
public final class PacketRing implements PacketTap {
    /** Codecs whose packets can be kept, as FFmpeg names them: those that browsers, or most of them, play. */
    public static final Set<String> CODECS = Set.of("h264", "hevc");

    private final PacketPages pages = new PacketPages();
    private final NavigableMap<Long, PagedPacket> packets = new TreeMap<>();
    private final Deque<Long> keys = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** The first packet that each of these has still to read. */
    private final Map<RingReader, Long> waited = new HashMap<>();

    private @Nullable SteadyStream stream;
    private @Nullable StreamFormat format;
    private long mostBytes;
    private long keepNanos = -1;
    private long bytes;
    private long next;
    private long newestDts;
    private long shortened;
    private int run;

    /**
     * Keeps packets from now on; what is kept already stays, within the new limits.
     *
     * @param time before the newest packet that is covered; zero: the newest group of pictures only
     * @param atMost bytes of memory for all packets together; what does not fit makes the oldest group of pictures go
     */
    public synchronized void keep(Duration time, long atMost) {
        keepNanos = time.toNanos();
        mostBytes = atMost;
        dropOld();
    }

    /** Forgets all packets and takes no more until {@link #keep}; readers come to their end. */
    public synchronized void stop() {
        keepNanos = -1;
        beginRun();
    }

    /** Calls the listener after each packet that was kept, on the thread that brought it; must not block. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    @Override
    public synchronized void format(StreamFormat newFormat) {
        stream = CODECS.contains(newFormat.codec()) ? new SteadyStream(newFormat) : null;
        begin();
    }

    private void begin() {
        SteadyStream now = stream;
        format = now != null && now.isComplete() ? now.format() : null;
        beginRun();
    }

    private void beginRun() {
        forget();
        waited.clear();
        run++;
    }

    @Override
    public synchronized boolean wants() {
        return stream != null && (keepNanos >= 0 || format == null);
    }

    @Override
    public void packet(EncodedPacket packet) {
        if (kept(packet)) {
            listeners.forEach(Runnable::run);
        }
    }

    private synchronized boolean kept(EncodedPacket packet) {
        SteadyStream now = stream;
        if (now == null) {
            return false;
        }
        if (now.changes(packet)) {
            begin();
        }
        return added(now.steady(packet));
    }

    private boolean added(EncodedPacket packet) {
        if (keepNanos < 0 || format == null || (packets.isEmpty() && !packet.key())) {
            return false;
        }
        try {
            put(PagedPacket.write(packet, pages));
        } catch (OutOfMemoryError e) { // outside the heap: the camera goes on, with a shorter past
            shortened++;
            forget();
            return false;
        }
        dropOld();
        return !packets.isEmpty();
    }

    private void put(PagedPacket packet) {
        if (packet.key()) {
            keys.add(next);
        }
        packets.put(next++, packet);
        bytes += packet.size();
        newestDts = packet.dts();
    }

    /** Group by group; one that alone is too large goes too, and the next key frame begins anew. */
    private void dropOld() {
        while (keys.size() > 1) {
            boolean large = isTooLarge();
            long second = second(keys);
            boolean wanted = newestDts - packets.get(second).dts() < keepNanos
                    || waited.values().stream().anyMatch(number -> number < second);
            if (!large && wanted) {
                return;
            }
            shortened += large ? 1 : 0;
            dropFirstGroup();
        }
        if (isTooLarge()) {
            shortened++;
            forget();
        }
    }

    private boolean isTooLarge() {
        return PagedPacket.cost(bytes, packets.size()) > mostBytes;
    }

    private static long second(Deque<Long> numbers) {
        var each = numbers.iterator();
        each.next();
        return each.next();
    }

    private void dropFirstGroup() {
        keys.poll();
        var gone = packets.headMap(keys.element());
        gone.values().forEach(one -> bytes -= one.size());
        gone.clear();
        pages.forgetBefore(packets.firstEntry().getValue().position());
    }

    private void forget() {
        packets.clear();
        keys.clear();
        pages.clear();
        bytes = 0;
        waited.replaceAll((reader, number) -> next);
    }

    /** What the camera sends, with times in nanoseconds; known also while nothing is kept. */
    public synchronized Optional<StreamFormat> format() {
        return Optional.ofNullable(format);
    }

    /**
     * A reader from the newest key frame on that was taken at that time or before; else from the oldest one kept. What it
     * has not read is kept, as far as the bytes allow, until the caller closes it.
     */
    public synchronized Optional<RingReader> read(Instant from) {
        Long found = null;
        for (Long key : keys) {
            if (found == null || !packets.get(key).capturedAt().isAfter(from)) {
                found = key;
            }
        }
        Optional<RingReader> reader = reader(found);
        reader.ifPresent(one -> waited.put(one, one.startNumber()));
        return reader;
    }

    /** A reader from the newest key frame on, for which nothing is kept; empty while there is none. */
    public synchronized Optional<RingReader> readNewest() {
        return reader(keys.peekLast());
    }

    private Optional<RingReader> reader(@Nullable Long from) {
        return from == null || format == null
                ? Optional.empty()
                : Optional.of(new RingReader(
                        this,
                        format,
                        new RingReader.Place(run, from, packets.get(from).capturedAt())));
    }

    synchronized boolean isRun(int number) {
        return run == number;
    }

    /** The packet with this number or the next one there is; the caller sees by the number how many are gone. */
    synchronized @Nullable Numbered packet(RingReader reader, int ofRun, long number) {
        var found = ofRun == run ? packets.ceilingEntry(number) : null;
        if (found == null) {
            return null;
        }
        waited.replace(reader, found.getKey() + 1);
        return new Numbered(found.getKey(), found.getValue().read(pages));
    }

    synchronized void release(RingReader reader) {
        waited.remove(reader);
        dropOld();
    }

    record Numbered(long number, EncodedPacket packet) {}

    /** How much later than this packet the newest one is, in nanoseconds. */
    synchronized long behind(int ofRun, long number) {
        var found = ofRun == run ? packets.ceilingEntry(number) : null;
        return found == null ? 0 : newestDts - found.getValue().dts();
    }

    synchronized long newestKey() {
        return keys.isEmpty() ? -1 : keys.getLast();
    }

    /** Bytes of all packets kept. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Bytes of memory in use, outside the heap. */
    public synchronized long reserved() {
        return pages.reserved();
    }

    /** Time from the oldest packet to the newest. */
    public synchronized Duration covers() {
        return packets.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(newestDts - packets.firstEntry().getValue().dts());
    }

    /** How often packets were dropped early, for want of room. */
    public synchronized long shortened() {
        return shortened;
    }
}
