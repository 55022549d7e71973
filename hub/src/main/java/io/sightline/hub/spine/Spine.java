package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.spine.accounts.Dropped;
import io.sightline.processors.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.DivertConfiguration;
import org.apache.activemq.artemis.core.filter.impl.FilterImpl;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ComponentConfigurationRoutingType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses and queues of the spine. The hub makes each before the first event goes there; what exists already
 * stays, so every method may be called again. Any thread; each call returns when the change is on the disk.
 *
 * <pre>
 *  sightline.detections.gate ──┬──► subscriptions of clients
 *  (multicast)                 └─ divert ─► sightline.sinks.store (anycast, one queue, one reader)
 * </pre>
 */
public final class Spine {
    /** Beginning of the addresses of sinks. */
    public static final String SINKS = "sightline.sinks.";

    /** Where events end that a receiver has rejected for good. */
    public static final String DEAD_LETTERS = "dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(Spine.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private final ActiveMQServer broker;
    private final Accounts accounts;
    /** Owner by name of the sink. */
    private final Map<String, String> claimed = new TreeMap<>();

    /** @param accounts opened */
    Spine(ActiveMQServer broker, Accounts accounts) {
        this.broker = broker;
        this.accounts = accounts;
        queue(DEAD_LETTERS, 0);
    }

    /** Makes the addresses of a camera: detections, scene, observations. */
    public void ensureCamera(String id) {
        ensure(Event.Kind.DETECTION, id);
        ensure(Event.Kind.SCENE, id);
        multicast(observations(id));
    }

    /** Makes the address of one key of one kind, for example of an integration's system events. */
    public void ensure(Event.Kind kind, String key) {
        multicast(kind.address(checked(key)));
    }

    /** Address of what a camera sees in each frame; not durable. */
    public static String observations(String camera) {
        return "sightline.observations." + camera;
    }

    /** Takes away the addresses of a camera that is no longer configured, but for those that somebody subscribes to. */
    public void removeCamera(String id) {
        for (String address :
                List.of(Event.Kind.DETECTION.address(checked(id)), Event.Kind.SCENE.address(id), observations(id))) {
            remove(address);
        }
    }

    /**
     * Makes the queue of a sink and lets events of these kinds flow into it from now on; other kinds stop. The sink
     * counts as used until {@link #releaseSink}.
     *
     * @param owner who alone may change the sink until it is released, for example the id of a route
     * @return address of the queue, for a consumer
     * @throws IllegalStateException if the name belongs to another owner; nothing is changed then
     */
    public synchronized String ensureSink(String name, Set<Event.Kind> kinds, String owner) {
        String address = SINKS + checked(name);
        String holder = claimed.get(name);
        if (holder != null && !holder.equals(owner)) {
            throw new IllegalStateException(
                    "sink '" + name + "' belongs to " + holder + "; give " + owner + " another name");
        }
        accounts.change(name, words(kinds), () -> {
            queue(address, 1);
            flow(name, kinds);
        });
        claimed.put(name, owner);
        return address;
    }

    private void flow(String name, Set<Event.Kind> kinds) {
        for (Event.Kind kind : Event.Kind.values()) {
            SimpleString divert = SimpleString.of(divert(name, kind));
            boolean flows = broker.getPostOffice().getBinding(divert) != null;
            if (kinds.contains(kind) && !flows) {
                deploy(name, kind);
            } else if (!kinds.contains(kind) && flows) {
                destroy(divert);
            }
        }
    }

    private static Set<String> words(Set<Event.Kind> kinds) {
        return kinds.stream().map(Event.Kind::word).collect(Collectors.toSet());
    }

    /** Tells that no route reads this sink any more; its queue goes on to fill, as an orphan, until it is removed. */
    public synchronized void releaseSink(String name, String owner) {
        claimed.remove(name, owner);
    }

    /** Names of the sinks that a route uses. */
    public synchronized Set<String> sinks() {
        return new TreeSet<>(claimed.keySet());
    }

    /** Queues that nobody reads: of sinks whose route is gone, and durable subscriptions without a connection. */
    public synchronized List<Orphan> orphans() {
        var orphans = new ArrayList<Orphan>();
        queues().forEach(queue -> {
            String address = queue.getAddress().toString();
            String owner = ClientQueues.owner(queue.getUser());
            boolean sink = address.startsWith(SINKS);
            boolean unused = sink ? !claimed.containsKey(address.substring(SINKS.length())) : owner != null;
            if (unused && queue.isDurable() && queue.getConsumerCount() == 0) {
                orphans.add(new Orphan(
                        queue.getName().toString(),
                        address,
                        owner,
                        queue.getMessageCount(),
                        queue.getPersistentSize()));
            }
        });
        return orphans;
    }

    /**
     * Removes an orphan with all that waits in it.
     *
     * @return false if there is no such orphan (any more)
     */
    public synchronized boolean removeOrphan(String queue) {
        Orphan orphan = orphans().stream()
                .filter(candidate -> candidate.queue().equals(queue))
                .findFirst()
                .orElse(null);
        if (orphan == null) {
            return false;
        }
        if (orphan.address().startsWith(SINKS)) {
            String name = orphan.address().substring(SINKS.length());
            accounts.remove(name, () -> {
                flow(name, Set.of());
                destroy(queue);
            });
        } else {
            destroy(queue);
        }
        remove(orphan.address());
        LOG.atInfo()
                .addKeyValue("queue", queue)
                .addKeyValue("messages", orphan.messages())
                .log("removed a queue that nobody reads");
        return true;
    }

    /** Which kind of journal is in use, for example {@code NIO}. */
    public String journal() {
        return broker.getConfiguration().getJournalType().name();
    }

    /** Events that wait in the queue of a sink. The broker counts a moment after it has acknowledged an event. */
    public long waiting(String sink) {
        return messages(SINKS + checked(sink));
    }

    /** When the oldest event was sent that a sink has not taken yet, on its way or not; empty where there is none. */
    public Optional<Instant> oldestWaiting() {
        return queues().filter(queue -> queue.getAddress().toString().startsWith(SINKS))
                .flatMap(WaitingMessages::oldest)
                .min(Comparator.naturalOrder());
    }

    /** When the oldest event was sent that this sink has not taken yet. */
    public Optional<Instant> oldestWaiting(String sink) {
        Queue queue = broker.locateQueue(SINKS + checked(sink));
        return queue == null ? Optional.empty() : WaitingMessages.oldest(queue).min(Comparator.naturalOrder());
    }

    /**
     * Takes the oldest messages out of a queue for its budget; of a sink, and of dead letters, its account tells.
     *
     * @param until messages sent up to then go, in milliseconds since 1970
     * @return how many went
     */
    int drop(Queue queue, long until) throws Exception {
        String name = queue.getName().toString();
        if (name.equals(DEAD_LETTERS)) {
            return accounts.dropLetters(DEAD_LETTERS, "JMSTimestamp <= " + until, DeadLetters::sink);
        }
        if (name.startsWith(SINKS)) {
            accounts.dropping(name.substring(SINKS.length()), dropped(queue, sent -> sent <= until));
        }
        return queue.deleteMatchingReferences(FilterImpl.createFilter("AMQTimestamp <= " + until));
    }

    /**
     * The same of the newest messages of a sink.
     *
     * @param since messages sent from then on go, in milliseconds since 1970
     */
    int dropNewest(Queue queue, long since) throws Exception {
        String sink = queue.getName().toString().substring(SINKS.length());
        accounts.dropping(sink, dropped(queue, sent -> sent >= since));
        return queue.deleteMatchingReferences(FilterImpl.createFilter("AMQTimestamp >= " + since));
    }

    private static Dropped dropped(Queue queue, LongPredicate goes) {
        var dropped = new Dropped();
        try (var messages = queue.browserIterator()) {
            while (messages.hasNext()) {
                var message = messages.next().getMessage();
                if (goes.test(message.getTimestamp())) {
                    dropped.add(EventMarks.number(message));
                }
            }
        }
        return dropped;
    }

    long messages(String queue) {
        Queue found = broker.locateQueue(queue);
        return found == null ? 0 : found.getMessageCount();
    }

    /** Queues of all sinks, used or not. */
    List<String> queueNames() {
        return queues().map(queue -> queue.getName().toString())
                .filter(name -> name.startsWith(SINKS))
                .toList();
    }

    boolean exists(String queue) {
        return broker.locateQueue(queue) != null;
    }

    /** Events that a receiver has rejected for good, until somebody replays or removes them. */
    public long deadLetters() {
        Queue queue = broker.locateQueue(DEAD_LETTERS);
        return queue == null ? 0 : queue.getMessageCount();
    }

    Stream<Queue> queues() {
        return broker.getPostOffice()
                .getAllBindings()
                .filter(QueueBinding.class::isInstance)
                .map(binding -> ((QueueBinding) binding).getQueue());
    }

    private void deploy(String name, Event.Kind kind) {
        var divert = new DivertConfiguration()
                .setName(divert(name, kind))
                .setRoutingName(divert(name, kind))
                .setAddress("sightline." + kind.word() + ".#")
                .setForwardingAddress(SINKS + name)
                .setExclusive(false)
                .setRoutingType(ComponentConfigurationRoutingType.ANYCAST);
        change("make divert " + divert.getName(), () -> broker.deployDivert(divert));
    }

    private void destroy(String queue) {
        change("remove queue " + queue, () -> broker.destroyQueue(SimpleString.of(queue), null, false));
    }

    private void destroy(SimpleString divert) {
        change("remove divert " + divert, () -> broker.destroyDivert(divert, true));
    }

    static String divert(String sink, Event.Kind kind) {
        return "sink." + sink + "." + kind.word();
    }

    private void multicast(String address) {
        change(
                "make address " + address,
                () -> broker.addOrUpdateAddressInfo(
                        new AddressInfo(SimpleString.of(address), EnumSet.of(RoutingType.MULTICAST))));
    }

    private void queue(String address, int readers) {
        var queue = QueueConfiguration.of(address)
                .setAddress(address)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoCreateAddress(true)
                .setAutoDelete(false)
                .setUser(InternalLogin.USER)
                .setMaxConsumers(readers == 0 ? -1 : readers);
        change("make queue " + address, () -> broker.createQueue(queue, true));
    }

    private void remove(String address) {
        SimpleString name = SimpleString.of(address);
        change("remove address " + address, () -> {
            List<String> bound = broker.getPostOffice().getBindingsForAddress(name).getBindings().stream()
                    .filter(QueueBinding.class::isInstance)
                    .map(Binding::getAddress)
                    .map(SimpleString::toString)
                    .filter(address::equals)
                    .toList();
            if (bound.isEmpty() && broker.getAddressInfo(name) != null) {
                broker.removeAddressInfo(name, null);
            }
        });
    }

    private static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id '" + id + "' does not match " + ID + ", so it cannot be an address");
        }
        return id;
    }

    private static void change(String what, Change change) {
        try {
            change.make();
        } catch (Exception e) {
            throw new IllegalStateException("the spine cannot " + what + ": " + e.getMessage(), e);
        }
    }

    /** Something the broker may refuse. */
    private interface Change {
        void make() throws Exception;
    }
}
