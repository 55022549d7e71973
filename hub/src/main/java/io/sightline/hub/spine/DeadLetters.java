package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.Accounts;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.core.JmsTemplate;

/** Events that their receivers rejected for good: kept with their history, looked at, replayed, removed. Any thread. */
public final class DeadLetters {
    /** How many letters one call may replay or remove. */
    public static final int MOST = 10_000;

    static final String QUEUE = Accounts.LETTER_QUEUE;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String ATTEMPTS = "SightlineAttempts";
    private static final String FIRST = "SightlineFirstTry";
    /** What the broker's own tools, Hawtio among them, go by to put a message back. */
    private static final String BROKER_QUEUE = "_AMQ_ORIG_QUEUE";

    private static final String BROKER_ADDRESS = "_AMQ_ORIG_ADDRESS";
    private static final Pattern ID = Pattern.compile("ID:[0-9a-fA-F-]{1,64}");
    private static final long PATIENCE_MILLIS = 5000;
    private static final int BATCH = 100;

    private final JmsTemplate jms;
    private final Spine spine;
    private final Accounts accounts;

    DeadLetters(ConnectionFactory connections, Spine spine, Accounts accounts) {
        this.spine = spine;
        this.accounts = accounts;
        jms = new JmsTemplate(connections);
        jms.setSessionTransacted(true);
        jms.setReceiveTimeout(PATIENCE_MILLIS);
    }

    /** Part of the consumer's transaction where called by a consumer of the spine. */
    void add(RejectedEvent event) {
        jms.send(Spine.DEAD_LETTERS, session -> {
            Message letter = message(session, event);
            letter.setStringProperty(BROKER_QUEUE, event.queue());
            letter.setStringProperty(BROKER_ADDRESS, event.queue());
            return letter;
        });
        LOG.atWarn()
                .addKeyValue("queue", event.queue())
                .addKeyValue("reason", event.cause())
                .addKeyValue("attempts", event.attempts())
                .log("put an event to the dead letters");
    }

    /** How many there are. */
    public long count() {
        return spine.messages(Spine.DEAD_LETTERS);
    }

    /** The oldest ones first. */
    public List<DeadLetter> list(int limit) {
        return list(LetterFilter.ALL, limit);
    }

    /** The oldest ones first. */
    public List<DeadLetter> list(LetterFilter filter, int limit) {
        return browse(filter.selector(), limit);
    }

    /** One of them; empty if there is none such (any more). */
    public Optional<DeadLetter> find(String id) {
        return ID.matcher(id).matches() ? browse(chosen(id), 1).stream().findFirst() : Optional.empty();
    }

    private List<DeadLetter> browse(String chosen, int limit) {
        List<DeadLetter> letters =
                jms.browseSelected(Spine.DEAD_LETTERS, chosen, (session, browser) -> read(browser, limit));
        return letters == null ? List.of() : letters;
    }

    /** As {@link #replay(String, String)}, to where it came from. */
    public boolean replay(String id) {
        return replay(id, null);
    }

    /**
     * Puts a letter back into the queue it came from, or into that of another sink; on the disk when it returns.
     *
     * @param sink null for where it came from
     * @return false if there is no such letter (any more)
     * @throws IllegalStateException if the queue does not exist; the letter stays
     */
    public boolean replay(String id, @Nullable String sink) {
        requireSink(sink);
        return one(id, (session, letter) -> send(session, letter, sink), "replayed a dead letter");
    }

    /** @return false if there is no such letter (any more) */
    public boolean remove(String id) {
        return one(id, this::discard, "removed a dead letter");
    }

    /**
     * Replays letters, the oldest first; those whose queue does not exist stay.
     *
     * @param sink null for where each came from
     * @param limit at most so many, 1 to {@value #MOST}
     * @return how many
     * @throws IllegalStateException if the queue of the sink does not exist; all stay
     */
    public int replay(LetterFilter filter, @Nullable String sink, int limit) {
        requireSink(sink);
        String known = String.join("', '", spine.queueNames());
        String chosen = filter.selector() + (sink == null ? " AND " + QUEUE + " IN ('" + known + "')" : "");
        return many(chosen, limit, (session, letter) -> send(session, letter, sink), "replayed dead letters");
    }

    /**
     * Removes letters, the oldest first.
     *
     * @param limit at most so many, 1 to {@value #MOST}
     * @return how many
     */
    public int remove(LetterFilter filter, int limit) {
        return many(filter.selector(), limit, this::discard, "removed dead letters");
    }

    private void requireSink(@Nullable String sink) {
        if (sink != null && !spine.exists(Spine.SINKS + sink)) {
            throw new IllegalStateException("sink " + sink + " does not exist; start the route that reads it first");
        }
    }

    private boolean one(String id, Taking taking, String what) {
        if (!ID.matcher(id).matches()) {
            return false;
        }
        boolean done = take(chosen(id), 1, taking) == 1;
        if (done) {
            LOG.atInfo().addKeyValue("letter", id).log(what);
        }
        return done;
    }

    private int many(String chosen, int limit, Taking taking, String what) {
        int taken = take(chosen, Math.min(Math.max(limit, 1), MOST), taking);
        LOG.atInfo().addKeyValue("chosen", chosen).addKeyValue("letters", taken).log(what);
        return taken;
    }

    /** In transactions of a hundred: what was taken stays so if a later one fails. */
    private int take(String chosen, int most, Taking taking) {
        Integer taken = jms.execute(session -> take(session, new Choice(chosen, most), taking), true);
        return taken == null ? 0 : taken;
    }

    private static int take(Session session, Choice choice, Taking taking) throws JMSException {
        Queue letters = session.createQueue(Spine.DEAD_LETTERS);
        int there = count(session, letters, choice);
        int taken = 0;
        if (there == 0) {
            return 0;
        }
        try (var consumer = session.createConsumer(letters, choice.selector())) {
            for (; taken < there; taken++) {
                Message letter = consumer.receive(PATIENCE_MILLIS);
                if (letter == null) {
                    break;
                }
                taking.take(session, letter);
                if ((taken + 1) % BATCH == 0) {
                    session.commit();
                }
            }
            session.commit();
        }
        return taken;
    }

    /** At once, where a consumer would wait for one that may come. */
    private static int count(Session session, Queue letters, Choice choice) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(letters, choice.selector())) {
            Enumeration<?> found = browser.getEnumeration();
            int count = 0;
            while (count < choice.most() && found.hasMoreElements()) {
                found.nextElement();
                count++;
            }
            return count;
        }
    }

    private void send(Session session, Message letter, @Nullable String sink) throws JMSException {
        String from = letter.getStringProperty(QUEUE);
        String queue = sink == null ? from : Spine.SINKS + sink;
        if (queue == null || !queue.startsWith(Spine.SINKS) || !spine.exists(queue)) {
            session.rollback();
            throw new IllegalStateException("queue " + queue + " does not exist; start the route that reads it first");
        }
        DeadLetter read = letter(letter);
        var event = new RejectedEvent(
                read.event(),
                queue,
                read.cause(),
                read.attempts(),
                read.first(),
                EventMarks.number(letter).orElse(null));
        try (var producer = session.createProducer(session.createQueue(queue))) {
            producer.send(message(session, event));
        }
        accounts.moved(session, sink(from).orElse(""), sink(queue).orElse(""));
    }

    private void discard(Session session, Message letter) throws JMSException {
        Optional<String> sink = sink(letter.getStringProperty(QUEUE));
        if (sink.isPresent()) {
            accounts.removed(session, sink.get(), 1);
        }
    }

    private static Message message(Session session, RejectedEvent event) throws JMSException {
        var message = session.createBytesMessage();
        message.writeBytes(event.bytes());
        SpineMessages.type(message, SpineMessages.CLOUD_EVENT);
        message.setStringProperty(QUEUE, event.queue());
        message.setStringProperty(EventMarks.CAUSE, event.cause());
        message.setIntProperty(ATTEMPTS, event.attempts());
        message.setLongProperty(FIRST, event.first().toEpochMilli());
        if (event.number() != null) {
            EventMarks.write(message, event.number());
        }
        return message;
    }

    private static List<DeadLetter> read(QueueBrowser browser, int limit) throws JMSException {
        var letters = new ArrayList<DeadLetter>();
        Enumeration<?> all = browser.getEnumeration();
        while (letters.size() < limit && all.hasMoreElements()) {
            letters.add(letter((Message) all.nextElement()));
        }
        return Collections.unmodifiableList(letters);
    }

    private static DeadLetter letter(Message message) throws JMSException {
        Instant since = Instant.ofEpochMilli(message.getJMSTimestamp());
        return new DeadLetter(
                message.getJMSMessageID(),
                Optional.ofNullable(message.getStringProperty(QUEUE)).orElse(""),
                Optional.ofNullable(message.getStringProperty(EventMarks.CAUSE)).orElse(""),
                attempts(message),
                first(message).orElse(since),
                since,
                SpineMessages.bytes(message));
    }

    /** How often a letter was tried; 0 of what never was one. */
    static int attempts(Message message) throws JMSException {
        return message.propertyExists(ATTEMPTS) ? message.getIntProperty(ATTEMPTS) : 0;
    }

    /** When a letter was tried first; empty of what never was one. */
    static Optional<Instant> first(Message message) throws JMSException {
        return message.propertyExists(FIRST)
                ? Optional.of(Instant.ofEpochMilli(message.getLongProperty(FIRST)))
                : Optional.empty();
    }

    /** Name of the sink that a queue belongs to; empty where it is no sink's. */
    static Optional<String> sink(@Nullable String queue) {
        return queue != null && queue.startsWith(Spine.SINKS)
                ? Optional.of(queue.substring(Spine.SINKS.length()))
                : Optional.empty();
    }

    private static String chosen(String id) {
        return "JMSMessageID = '" + id + "'";
    }

    private record Choice(String selector, int most) {}

    /** What happens with a letter in the transaction that takes it. */
    @FunctionalInterface
    private interface Taking {
        void take(Session session, Message letter) throws JMSException;
    }
}
