package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.spine.accounts.EventNumber;
import io.sightline.hub.spine.accounts.SinkQueues;
import io.sightline.processors.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;

/** Looks into the queues of the broker in this process. Any thread. */
final class BrokerQueues implements SinkQueues {
    private final ActiveMQServer broker;
    private Letters letters = new Letters(-1, -1, Map.of());

    /** Makes the queue of the accounts where there is none yet. */
    BrokerQueues(ActiveMQServer broker) {
        this.broker = broker;
        try {
            broker.createQueue(
                    QueueConfiguration.of(Accounts.QUEUE)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true)
                            .setAutoCreateAddress(true)
                            .setAutoDelete(false)
                            .setUser(InternalLogin.USER),
                    true);
        } catch (Exception e) {
            throw new IllegalStateException("the spine cannot make queue " + Accounts.QUEUE + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Set<String> sinks() {
        return queues().map(queue -> queue.getName().toString())
                .filter(name -> name.startsWith(Spine.SINKS))
                .map(name -> name.substring(Spine.SINKS.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<Queue> queues() {
        return broker.getPostOffice()
                .getAllBindings()
                .filter(QueueBinding.class::isInstance)
                .map(binding -> ((QueueBinding) binding).getQueue());
    }

    @Override
    public Set<String> kinds(String sink) {
        var kinds = new TreeSet<String>();
        for (Event.Kind kind : Event.Kind.values()) {
            if (broker.getPostOffice().getBinding(SimpleString.of(Spine.divert(sink, kind))) != null) {
                kinds.add(kind.word());
            }
        }
        return kinds;
    }

    @Override
    public long waiting(String sink) {
        Queue queue = broker.locateQueue(Spine.SINKS + sink);
        return queue == null ? 0 : queue.getMessageCount();
    }

    @Override
    public void each(String sink, Consumer<Optional<EventNumber>> look) {
        Queue queue = broker.locateQueue(Spine.SINKS + sink);
        if (queue != null) {
            each(queue, message -> look.accept(EventMarks.number(message)));
        }
    }

    private static void each(Queue queue, Consumer<Message> look) {
        try (var messages = queue.browserIterator()) {
            while (messages.hasNext()) {
                look.accept(messages.next().getMessage());
            }
        }
    }

    /** Counted anew only where letters came or went. */
    @Override
    public synchronized Map<String, Long> dead() {
        Queue queue = broker.locateQueue(Spine.DEAD_LETTERS);
        if (queue == null) {
            return Map.of();
        }
        if (letters.added() != queue.getMessagesAdded() || letters.count() != queue.getMessageCount()) {
            letters = count(queue);
        }
        return letters.bySink();
    }

    private static Letters count(Queue queue) {
        long added = queue.getMessagesAdded();
        long count = queue.getMessageCount();
        var bySink = new HashMap<String, Long>();
        Function<Message, Optional<String>> owner =
                letter -> DeadLetters.sink(EventMarks.text(letter, DeadLetters.QUEUE));
        each(queue, letter -> owner.apply(letter).ifPresent(sink -> bySink.merge(sink, 1L, Long::sum)));
        return new Letters(added, count, Map.copyOf(bySink));
    }

    /** As they were when the queue had taken so many, and had so many. */
    private record Letters(long added, long count, Map<String, Long> bySink) {}
}
