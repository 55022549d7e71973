package io.sightline.hub.spine.accounts;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.core.JmsTemplate;

/** Where the entries of the accounts lie. Any thread. */
final class AccountQueue {
    private static final Logger LOG = LoggerFactory.getLogger(AccountQueue.class);

    /** As {@code most}: none may be left. */
    static final int ALL = Integer.MAX_VALUE;

    private static final int BATCH = 100;
    private static final long SURE_MILLIS = 100;

    private final JmsTemplate jms;
    private final AtomicLong written = new AtomicLong();

    AccountQueue(ConnectionFactory connections) {
        jms = new JmsTemplate(connections);
        jms.setSessionTransacted(true);
    }

    /** Part of the transaction of the thread where there is one, as on the thread of a sink; else on disk when it returns. */
    void write(Entry entry) {
        jms.send(Accounts.QUEUE, session -> message(session, entry));
        written.incrementAndGet();
    }

    /** Part of the transaction of this session. */
    void write(Session session, Entry entry) throws JMSException {
        try (var producer = session.createProducer(session.createQueue(Accounts.QUEUE))) {
            producer.send(message(session, entry));
        }
        written.incrementAndGet();
    }

    /** Entries since the last folding. */
    long written() {
        return written.get();
    }

    /**
     * Makes one entry for each sink out of those that lie there, in one transaction.
     *
     * @param most that are taken, at least 1, or {@link #ALL}
     * @param change of what was added up, before it is written; by name of the sink
     */
    synchronized void fold(int most, UnaryOperator<Map<String, Entry>> change) {
        jms.execute(
                session -> {
                    var sums = new TreeMap<String, Entry>();
                    long taken = take(session, most, sums);
                    write(session, change.apply(sums).values());
                    session.commit();
                    written.addAndGet(-Math.min(taken, written.get()));
                    return null;
                },
                true);
    }

    /** Takes messages off a queue, in transactions of a hundred. @return how many */
    int take(String queue, String chosen, Taking taking) {
        Integer all = jms.execute(
                session -> {
                    int taken = 0;
                    try (var consumer = session.createConsumer(session.createQueue(queue), chosen)) {
                        for (Message next = consumer.receiveNoWait(); next != null; next = consumer.receiveNoWait()) {
                            taking.take(session, next);
                            taken++;
                            commit(session, taken % BATCH == 0);
                        }
                        commit(session, true);
                    }
                    return taken;
                },
                true);
        return all == null ? 0 : all;
    }

    private static void commit(Session session, boolean due) throws JMSException {
        if (due) {
            session.commit();
        }
    }

    private static long take(Session session, int most, Map<String, Entry> sums) throws JMSException {
        long taken = 0;
        try (var consumer = session.createConsumer(session.createQueue(Accounts.QUEUE))) {
            boolean all = most == ALL;
            Message next = next(consumer, all);
            while (next != null) {
                add(next, sums);
                taken++;
                next = taken < most ? next(consumer, all) : null;
            }
        }
        return taken;
    }

    /** @param sure whether to look a second time before there is said to be none */
    private static @Nullable Message next(MessageConsumer consumer, boolean sure) throws JMSException {
        Message next = consumer.receiveNoWait();
        return next == null && sure ? consumer.receive(SURE_MILLIS) : next;
    }

    private static void write(Session session, Collection<Entry> entries) throws JMSException {
        try (var producer = session.createProducer(session.createQueue(Accounts.QUEUE))) {
            for (Entry entry : entries) {
                producer.send(message(session, entry));
            }
        }
    }

    private static void add(Message message, Map<String, Entry> sums) throws JMSException {
        try {
            var bytes = new byte[Math.toIntExact(((BytesMessage) message).getBodyLength())];
            ((BytesMessage) message).readBytes(bytes);
            Entry entry = Entry.read(bytes);
            sums.merge(entry.sink(), entry, Entry::plus);
        } catch (IOException | ClassCastException e) {
            LOG.atError()
                    .addKeyValue("message", message.getJMSMessageID())
                    .addKeyValue("reason", e.getMessage())
                    .log("an entry of the accounts cannot be read and is left out; the balance of its sink will tell");
        }
    }

    private static Message message(Session session, Entry entry) throws JMSException {
        var message = session.createBytesMessage();
        message.writeBytes(entry.bytes());
        return message;
    }

    /** What happens with a message in the transaction that takes it off its queue. */
    @FunctionalInterface
    interface Taking {
        void take(Session session, Message message) throws JMSException;
    }
}
