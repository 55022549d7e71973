package io.sightline.hub.proof;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.data.DataFolders;
import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.spine.SpineOnly;
import io.sightline.processors.Envelope;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.Sequences;
import io.sightline.processors.SpineListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process with the spine and its sinks, made to be killed. Arguments: data folder, file with routes. Obeys lines on
 * standard input: {@code load RATE EVENTS KIND} (per second over all keys, 0: as fast as it goes; a kind or
 * {@code all}), {@code pause}, {@code compact}, {@code stop}; ends when that input does. Says {@code ready CORE MQTT}, {@code acknowledged …}, {@code compacted},
 * {@code stopped DEAD-LETTERS}.
 */
public final class ProofSpine {
    /** Names the environment variable with the password of {@link OneUser}. */
    static final String PASSWORD = "SIGHTLINE_PROOF_PASSWORD";

    /** Keys, spread over all kinds of events. */
    static final int KEYS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(ProofSpine.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final SpineOnly spine;
    private final EventPublisher publisher;
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean stopping;

    private ProofSpine(SpineOnly spine, DataFolder data) {
        this.spine = spine;
        var envelope = new Envelope(data.hubId(), Envelope.DEFAULT_SCHEMAS, Clock.systemUTC());
        publisher = new EventPublisher(envelope, new Sequences(data.start()), spine.sender(), SpineListener.NONE);
    }

    public static void main(String[] arguments) {
        try {
            run(arguments);
            Runtime.getRuntime().halt(0);
        } catch (Exception e) {
            LOG.atError().setCause(e).log("a spine under proof failed");
            Runtime.getRuntime().halt(1); // the broker's threads would keep it
        }
    }

    private static void run(String[] arguments) throws Exception {
        DataFolder data = DataFolders.open(Path.of(arguments[0]), Optional.empty());
        var spine = new SpineOnly(data, settings(data.path()), new OneUser(System.getenv(PASSWORD)));
        var process = new ProofSpine(spine, data);
        spine.start(Path.of(arguments[1]));
        ProofEvents.say("ready " + spine.ports().core() + " " + spine.ports().mqtt());
        process.obey();
    }

    /** Every port a free one. */
    static SightlineSettings settings(Path folder) {
        return SettingsLoader.check(folder, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                """);
    }

    private void obey() throws Exception {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "load" -> load(Integer.parseInt(words[1]), Long.parseLong(words[2]), words[3]);
                case "pause" -> pause();
                case "compact" -> compact();
                case "stop" -> {
                    stop();
                    return;
                }
                default ->
                    throw new IllegalArgumentException("got '" + line + "', allowed are load, pause, compact, stop");
            }
        }
    }

    private void compact() throws Exception {
        spine.compact();
        ProofEvents.say("compacted");
    }

    private void load(int rate, long events, String word) {
        Event.Kind[] kinds = Arrays.stream(Event.Kind.values())
                .filter(kind -> word.equals("all") || kind.word().equals(word))
                .toArray(Event.Kind[]::new);
        stopping = false;
        var left = new AtomicLong(events);
        for (int i = 0; i < KEYS; i++) {
            Event.Kind kind = kinds[i % kinds.length];
            String key = "proof-" + i;
            var sender = new Thread(() -> send(kind, key, rate, left), "sender-" + i);
            sender.setDaemon(true);
            sender.start();
            senders.add(sender);
        }
    }

    private void send(Event.Kind kind, String key, int rate, AtomicLong left) {
        long step = rate == 0 ? 0 : NANOS_PER_SECOND * KEYS / rate;
        long next = System.nanoTime() + ThreadLocalRandom.current().nextLong(step + 1);
        try {
            while (!stopping && left.getAndDecrement() > 0) {
                LockSupport.parkNanos(next - System.nanoTime());
                next += step;
                var sent = publisher.publish(ProofEvents.event(kind, key));
                ProofEvents.tell(sent.id(), sent.bytes());
            }
        } catch (IllegalStateException e) {
            return; // it stops; the event was not acknowledged
        } catch (IOException e) {
            Runtime.getRuntime().halt(1); // nobody listens any more
        }
    }

    private void pause() throws InterruptedException {
        stopping = true;
        for (Thread sender : senders) {
            sender.join(NANOS_PER_SECOND / 1_000_000);
        }
        senders.clear();
    }

    private void stop() throws Exception {
        publisher.close();
        pause();
        long letters = spine.deadLetters();
        spine.close();
        ProofEvents.say("stopped " + letters);
    }
}
