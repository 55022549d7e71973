package io.sightline.hub.spine;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.core.JmsTemplate;

/** Events that their receivers rejected for good: kept with their history, looked at, replayed, removed. Any thread. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String QUEUE = "SightlineOriginalQueue";
    private static final String CAUSE = "SightlineCause";
    private static final String ATTEMPTS = "SightlineAttempts";
    /** What the broker's own tools, Hawtio among them, go by to put a message back. */
    private static final String BROKER_QUEUE = "_AMQ_ORIG_QUEUE";

    private static final String BROKER_ADDRESS = "_AMQ_ORIG_ADDRESS";
    private static final Pattern ID = Pattern.compile("ID:[0-9a-fA-F-]{1,64}");
    private static final long PATIENCE_MILLIS = 5000;

    private final JmsTemplate jms;
    private final Spine spine;

    DeadLetters(ConnectionFactory connections, Spine spine) {
        this.spine = spine;
        jms = new JmsTemplate(connections);
        jms.setSessionTransacted(true);
        jms.setReceiveTimeout(PATIENCE_MILLIS);
    }

    /** Part of the consumer's transaction where called by a consumer of the spine. */
    void add(byte[] event, String queue, String cause, int attempts) {
        jms.send(Spine.DEAD_LETTERS, session -> {
            Message letter = message(session, event);
            letter.setStringProperty(QUEUE, queue);
            letter.setStringProperty(CAUSE, cause);
            letter.setIntProperty(ATTEMPTS, attempts);
            letter.setStringProperty(BROKER_QUEUE, queue);
            letter.setStringProperty(BROKER_ADDRESS, queue);
            return letter;
        });
        LOG.atWarn()
                .addKeyValue("queue", queue)
                .addKeyValue("reason", cause)
                .addKeyValue("attempts", attempts)
                .log("put an event to the dead letters");
    }

    /** How many there are. */
    public long count() {
        return spine.messages(Spine.DEAD_LETTERS);
    }

    /** The oldest ones first. */
    public List<DeadLetter> list(int limit) {
        List<DeadLetter> letters = jms.browse(Spine.DEAD_LETTERS, (session, browser) -> read(browser, limit));
        return letters == null ? List.of() : letters;
    }

    /**
     * Puts a letter back into the queue it came from, and only there; on the disk when it returns.
     *
     * @return false if there is no such letter (any more)
     * @throws IllegalStateException if its queue does not exist any more; the letter stays
     */
    public boolean replay(String id) {
        return take(id, true);
    }

    /** @return false if there is no such letter (any more) */
    public boolean remove(String id) {
        return take(id, false);
    }

    private boolean take(String id, boolean replay) {
        if (!ID.matcher(id).matches()) {
            return false;
        }
        Boolean done = jms.execute(session -> take(session, id, replay), true);
        if (!Boolean.TRUE.equals(done)) {
            return false;
        }
        LOG.atInfo().addKeyValue("letter", id).addKeyValue("replay", replay).log("took a dead letter");
        return true;
    }

    private boolean take(Session session, String id, boolean replay) throws JMSException {
        Queue letters = session.createQueue(Spine.DEAD_LETTERS);
        String chosen = "JMSMessageID = '" + id + "'";
        if (!exists(session, letters, chosen)) {
            return false;
        }
        try (var consumer = session.createConsumer(letters, chosen)) {
            Message letter = consumer.receive(PATIENCE_MILLIS);
            if (letter == null) {
                return false;
            }
            if (replay) {
                send(session, letter);
            }
            session.commit();
            return true;
        }
    }

    /** At once, where a consumer would wait for one that may come. */
    private static boolean exists(Session session, Queue letters, String chosen) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(letters, chosen)) {
            return browser.getEnumeration().hasMoreElements();
        }
    }

    private void send(Session session, Message letter) throws JMSException {
        String queue = letter.getStringProperty(QUEUE);
        if (queue == null || !queue.startsWith(Spine.SINKS) || !spine.exists(queue)) {
            session.rollback();
            throw new IllegalStateException("queue " + queue + " does not exist; start the route that reads it first");
        }
        try (var producer = session.createProducer(session.createQueue(queue))) {
            producer.send(message(session, SpineMessages.bytes(letter)));
        }
    }

    private static Message message(Session session, byte[] event) throws JMSException {
        var message = session.createBytesMessage();
        message.writeBytes(event);
        SpineMessages.type(message, SpineMessages.CLOUD_EVENT);
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
        return new DeadLetter(
                message.getJMSMessageID(),
                Optional.ofNullable(message.getStringProperty(QUEUE)).orElse(""),
                Optional.ofNullable(message.getStringProperty(CAUSE)).orElse(""),
                message.propertyExists(ATTEMPTS) ? message.getIntProperty(ATTEMPTS) : 0,
                Instant.ofEpochMilli(message.getJMSTimestamp()),
                SpineMessages.bytes(message));
    }
}
