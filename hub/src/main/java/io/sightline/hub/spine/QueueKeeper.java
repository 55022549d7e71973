package io.sightline.hub.spine;

import io.sightline.hub.spine.SinkLimits.Budget;
import io.sightline.hub.status.Integrations;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps queues from filling the disk: the oldest messages go where a queue is over its budget, or the newest where the sink
 * says so. A sink that a route reads has what {@link SinkLimits} say, what nobody or only a client reads has {@link #LEFT}, the queue of a client that ends with its
 * connection has {@link #PASSING}, dead letters have {@link #LETTERS}; the store's queue has none, because nothing else
 * has its events.
 */
final class QueueKeeper implements AutoCloseable {
    static final Budget LEFT = new Budget(1L << 30, Duration.ofDays(7), false);
    static final Budget PASSING = new Budget(64L << 20, Duration.ofHours(1), false);
    static final Budget LETTERS = new Budget(1L << 30, Duration.ofDays(30), false);

    private static final Logger LOG = LoggerFactory.getLogger(QueueKeeper.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final String STORE = Spine.SINKS + "store";

    private final ActiveMQServer broker;
    private final Spine spine;
    private final SinkLimits limits;
    private final Integrations integrations;
    private final Clock clock;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder droppedPassing = new LongAdder();
    private @Nullable ScheduledFuture<?> timer;

    QueueKeeper(ActiveMQServer broker, Spine spine, Integrations integrations, Clock clock) {
        this(broker, new Rules(spine, new SinkLimits()), integrations, clock);
    }

    QueueKeeper(ActiveMQServer broker, Rules rules, Integrations integrations, Clock clock) {
        this.broker = broker;
        this.spine = rules.spine();
        this.limits = rules.limits();
        this.integrations = integrations;
        this.clock = clock;
    }

    /** What tells the budget of a queue. */
    record Rules(Spine spine, SinkLimits limits) {}

    void start() {
        timer = broker.getScheduledPool()
                .scheduleWithFixedDelay(this::sweep, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    /** Messages dropped since the start because a durable queue was over its budget. */
    long dropped() {
        return dropped.sum();
    }

    /** The same of queues that end with their client's connection: it reads more slowly than events come. */
    long droppedPassing() {
        return droppedPassing.sum();
    }

    void sweep() {
        spine.queues().filter(queue -> !queue.isInternalQueue()).forEach(this::sweep);
    }

    private void sweep(Queue queue) {
        Budget budget = budget(queue);
        if (budget == null) {
            return;
        }
        try {
            keep(queue, budget);
        } catch (Exception e) {
            LOG.atWarn()
                    .addKeyValue("queue", queue.getName())
                    .addKeyValue("reason", e.getMessage())
                    .log("cannot keep a queue within its budget, will try again");
        }
    }

    /** Null where a queue has none: the store's, and those of the broker itself. */
    private @Nullable Budget budget(Queue queue) {
        String name = queue.getName().toString();
        if (name.equals(Spine.DEAD_LETTERS)) {
            return LETTERS;
        }
        if (name.startsWith(Spine.SINKS)) {
            String sink = name.substring(Spine.SINKS.length());
            return name.equals(STORE)
                    ? null
                    : spine.sinks().contains(sink) ? limits.of(sink).budget() : LEFT;
        }
        if (ClientQueues.owner(queue.getUser()) == null) {
            return null;
        }
        return queue.isDurable() ? LEFT : PASSING;
    }

    void keep(Queue queue, Budget budget) throws Exception {
        long gone = spine.drop(queue, clock.millis() - budget.age().toMillis());
        long over = gone > 0 ? 0 : queue.getPersistentSize() - budget.bytes();
        if (over > 0) {
            gone = makeRoom(queue, over, budget.keepsOldest());
        }
        if (gone > 0) {
            (queue.isDurable() ? dropped : droppedPassing).add(gone);
            tell(queue, gone, budget);
        }
    }

    private int makeRoom(Queue queue, long over, boolean keepsOldest) throws Exception {
        long count = queue.getMessageCount();
        long many = over * count / queue.getPersistentSize();
        return keepsOldest
                ? spine.dropNewest(queue, sentAt(queue, count - many - 1))
                : spine.drop(queue, sentAt(queue, many));
    }

    /** When the message was sent that has so many older ones before it; milliseconds since 1970. */
    private static long sentAt(Queue queue, long place) {
        long sent = 0;
        try (var messages = queue.browserIterator()) {
            for (long i = 0; i <= place && messages.hasNext(); i++) {
                sent = messages.next().getMessage().getTimestamp();
            }
        }
        return sent;
    }

    private void tell(Queue queue, long gone, Budget budget) {
        String name = queue.getName().toString();
        LOG.atWarn()
                .addKeyValue("queue", name)
                .addKeyValue("messages", gone)
                .log("dropped messages of a queue over its budget");
        if (name.startsWith(Spine.SINKS)) {
            integrations.degraded(
                    "sink",
                    name.substring(Spine.SINKS.length()),
                    "BUDGET",
                    "dropped its " + gone + (budget.keepsOldest() ? " newest" : " oldest") + " events: kept are "
                            + budget.age().toDays() + " days and " + (budget.bytes() >> 20) + " MiB");
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
