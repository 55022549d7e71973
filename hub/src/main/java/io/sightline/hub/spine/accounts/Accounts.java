package io.sightline.hub.spine.accounts;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts of all sinks. Any thread; see the package for how they are kept. */
public final class Accounts implements AutoCloseable {
    /** Queue on the spine that holds the entries. */
    public static final String QUEUE = "accounts";

    /** What a dead letter says of where it came from. */
    public static final String LETTER_QUEUE = "SightlineOriginalQueue";

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int FOLD_FROM = 500;
    private static final int FOLD_MOST = 20_000;
    private static final long PATIENCE_SECONDS = 5;
    private static final int LOOKS = 25;
    private static final long PAUSE_NANOS = 2_000_000;

    private final AccountQueue entries;
    private final SinkQueues queues;
    private final long start;
    private final Map<String, SinkAccount> accounts = new ConcurrentHashMap<>();
    /** Last number by source in this start. */
    private final Map<String, Long> published = new ConcurrentHashMap<>();
    /** Held for reading while an event is sent, for writing while it changes where events flow to. */
    private final ReentrantReadWriteLock flow = new ReentrantReadWriteLock();

    private @Nullable ScheduledFuture<?> timer;

    /** @param start how often the hub has been started, this time included */
    public Accounts(ConnectionFactory connections, SinkQueues queues, long start) {
        this.entries = new AccountQueue(connections);
        this.queues = queues;
        this.start = start;
    }

    /** Closes the books of earlier starts. To be called before anything is published; takes as long as reading short queues. */
    public void open() {
        entries.fold(AccountQueue.ALL, before -> {
            Map<String, Entry> opened = new Opening(queues, before, start).opened();
            opened.forEach((sink, entry) -> accounts.put(sink, new SinkAccount(entry)));
            return opened;
        });
    }

    /** Folds entries now and then, on a thread of this pool. */
    public void start(ScheduledExecutorService pool) {
        timer = pool.scheduleWithFixedDelay(this::fold, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void fold() {
        try {
            if (entries.written() >= FOLD_FROM) {
                entries.fold(FOLD_MOST, sums -> sums);
            }
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("cannot fold the accounts, will try again");
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Sends an event to the spine and counts it for each sink that it flows to. @param number null where it has none */
    public void send(@Nullable EventNumber number, Sending sending) throws Exception {
        flow.readLock().lock();
        try {
            sending.send();
            if (number != null) {
                published.merge(number.source(), number.number(), Math::max);
                accounts.values().forEach(account -> account.given(number.kind()));
            }
        } finally {
            flow.readLock().unlock();
        }
    }

    /**
     * Changes what flows to a sink, between two events.
     *
     * @param kinds words of the kinds that flow then
     * @param change makes queue and diverts so; may be nothing
     */
    public void change(String sink, Set<String> kinds, Runnable change) {
        alone(() -> {
            SinkAccount account = accounts.get(sink);
            change.run();
            if (account != null && account.statement().kinds().equals(kinds)) {
                return;
            }
            var bases = new TreeMap<>(published);
            bases.keySet().removeIf(source -> !kinds.contains(source.substring(0, source.indexOf('.'))));
            long turn = account == null ? 1 : account.statement().turn() + 1;
            long accepted =
                    account == null ? queues.waiting(sink) + queues.dead().getOrDefault(sink, 0L) : account.given();
            var statement = new Statement(start, turn, new TreeSet<>(kinds), accepted, bases);
            Entry entry = Entry.of(sink, Tally.NONE).with(statement);
            entries.write(entry);
            if (account == null) {
                accounts.put(sink, new SinkAccount(entry));
            } else {
                account.state(statement);
            }
        });
    }

    /** Removes a sink that nobody reads, with its account. @param removal of its queue and diverts */
    public void remove(String sink, Runnable removal) {
        alone(() -> {
            removal.run();
            accounts.remove(sink);
            entries.fold(AccountQueue.ALL, sums -> {
                sums.remove(sink);
                return sums;
            });
        });
    }

    /** While nothing is being published; but nobody waits for ever, because a spine that refuses keeps its senders. */
    private void alone(Runnable change) {
        boolean got = false;
        try {
            got = flow.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            change.run();
        } finally {
            if (got) {
                flow.writeLock().unlock();
            }
        }
    }

    /** The sink begins with an event, perhaps again. On its thread. @param again whether the broker says so */
    public void begins(String sink, Incoming event, boolean again) {
        SinkAccount account = accounts.get(sink);
        if (account != null) {
            account.begins(event);
            account.redelivered(again);
        }
    }

    /** Whether the sink has dealt with this event before. */
    public boolean repeats(String sink, Incoming event) {
        SinkAccount account = accounts.get(sink);
        return account != null && account.repeats(event);
    }

    /**
     * The sink has dealt with an event. On its thread, in the transaction that takes the event off its queue.
     *
     * @return what is missing before this event, for people; empty where nothing is
     */
    public Optional<String> handled(String sink, Incoming event, Outcome outcome) {
        SinkAccount account = accounts.get(sink);
        if (account == null) {
            return Optional.empty();
        }
        Entry entry = account.handled(event, outcome);
        entries.write(entry);
        return entry.missing().isEmpty() ? Optional.empty() : account.gap();
    }

    /** What did not come since the start, the newest; empty where nothing is missing. */
    public Optional<String> gap(String sink) {
        SinkAccount account = accounts.get(sink);
        return account == null ? Optional.empty() : account.gap();
    }

    /** These are about to be taken out of a sink's queue for its budget; on the disk when it returns. */
    public void dropping(String sink, Dropped events) {
        SinkAccount account = accounts.get(sink);
        if (account != null && events.count() > 0) {
            entries.write(account.dropping(events));
        }
    }

    /**
     * Takes dead letters away, each with its line in the account that it belongs to.
     *
     * @param chosen a JMS selector
     * @param owner sink by what a letter says of where it came from; empty where it is no sink's
     * @return how many went
     */
    public int dropLetters(String queue, String chosen, Function<@Nullable String, Optional<String>> owner) {
        return entries.take(queue, chosen, (session, letter) -> {
            Optional<String> sink = owner.apply(letter.getStringProperty(LETTER_QUEUE));
            if (sink.isPresent()) {
                removed(session, sink.get(), 1);
            }
        });
    }

    /** Dead letters of a sink are taken away, in the transaction of this session. */
    public void removed(Session session, String sink, long letters) throws JMSException {
        write(session, sink, Tally.dropped(letters));
    }

    /** A dead letter of one sink is sent to another, in the transaction of this session. */
    public void moved(Session session, String from, String to) throws JMSException {
        if (!from.equals(to)) {
            write(session, from, Tally.dropped(1));
            write(session, to, Tally.accepted(1));
        }
    }

    private void write(Session session, String sink, Tally more) throws JMSException {
        SinkAccount account = accounts.get(sink);
        if (account == null) {
            return;
        }
        Entry entry = account.change(more);
        try {
            entries.write(session, entry);
        } catch (JMSException e) {
            account.undo(entry);
            throw e;
        }
    }

    /** Names of the sinks that have an account. */
    public Set<String> sinks() {
        return new TreeSet<>(accounts.keySet());
    }

    /**
     * The account at one moment. Events on their way are looked at again, for some ten milliseconds, until all that was
     * accepted is found.
     */
    public Optional<SinkBalance> balance(String sink) {
        SinkAccount account = accounts.get(sink);
        if (account == null) {
            return Optional.empty();
        }
        SinkBalance balance = look(sink, account);
        for (int i = 1; i < LOOKS && balance.difference() != 0; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            balance = look(sink, account);
        }
        return Optional.of(balance);
    }

    private SinkBalance look(String sink, SinkAccount account) {
        long waiting = queues.waiting(sink);
        long dead = queues.dead().getOrDefault(sink, 0L);
        Tally tally = account.tally();
        long given = account.given();
        return new SinkBalance(
                sink,
                given + tally.accepted(),
                tally.delivered(),
                tally.filtered(),
                tally.dropped(),
                waiting,
                dead,
                tally.missing(),
                tally.died(),
                account.attempts(),
                account.redeliveries(),
                tally.repeated());
    }

    /** Puts an event on the spine. */
    @FunctionalInterface
    public interface Sending {
        void send() throws Exception;
    }
}
