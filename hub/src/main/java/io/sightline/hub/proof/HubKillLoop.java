package io.sightline.hub.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Kills the whole hub at random moments: while it makes its database, while it starts, in full run, while it stops. Four
 * receivers are compared: an HTTP server, a file, an MQTT subscriber, and the store as REST tells it. One thread.
 */
final class HubKillLoop {
    private static final Duration LAST_ARRIVALS = Duration.ofSeconds(60);
    private static final String TOPIC = "sightline/signals/#";
    private static final int KEYS = 8;
    private static final int PERIOD_MILLIS = 50;
    private static final int LONGEST_LOAD_MILLIS = 2500;
    private static final int LONGEST_STOP_MILLIS = 3000;
    /** One in so many kills meets the very first start, which makes the database. */
    private static final int ONE_MIGRATION_IN = 5;

    private final Ledger ledger = new Ledger();
    private final Random dice;
    private final Consumer<String> progress;
    private int startMillis = 8000;

    /** When the hub is killed. */
    private enum Moment {
        START,
        LOAD,
        LOAD_AGAIN,
        STOP
    }

    HubKillLoop(long seed, Consumer<String> progress) {
        this.dice = new Random(seed);
        this.progress = progress;
    }

    /** @param launcher the hub's own, built */
    Killed run(Path launcher, int cycles) throws IOException, InterruptedException {
        Path folder = Child.folder("hub-kills");
        Path out = folder.resolve("out");
        List.of("http", "file", "mqtt", "store").forEach(ledger::expect);
        try (var http = HttpReceiver.plain(event -> ledger.arrived("http", event));
                var file = new FileReceiver(out.resolve("events.jsonl"), event -> ledger.arrived("file", event));
                var hub = new HubChild(launcher, folder, ledger);
                var mqtt = new MqttSubscriber(HubChild.USER, hub.password(), event -> ledger.arrived("mqtt", event))) {
            file.start();
            String sinks = ProofSinks.http("http", "signals", "http://127.0.0.1:" + http.port())
                    + ProofSinks.file("file", "signals", out);
            hub.routes(sinks);
            int migrations = cycles / ONE_MIGRATION_IN;
            for (int cycle = 1; cycle <= migrations; cycle++) {
                hub.launch();
                Thread.sleep(startMillis / 4 + dice.nextInt(startMillis));
                hub.kill();
                told(cycle, cycles);
            }
            start(hub, mqtt); // in peace, since a subscription is owed only what comes after it
            hub.routes(sinks + load());
            for (int cycle = migrations + 1; cycle <= cycles; cycle++) {
                kill(hub, mqtt);
                told(cycle, cycles);
            }
            hub.routes(sinks);
            hub.kill();
            start(hub, mqtt);
            return last(hub, cycles);
        } finally {
            Folders.deleteUnless(ledger.showsTrouble(), folder);
        }
    }

    private void told(int cycle, int cycles) {
        progress.accept("kill " + cycle + " of " + cycles + " of the whole hub, acknowledged " + ledger.acknowledged());
    }

    /** The store takes at its own pace, so it is read until it has everything. */
    private Killed last(HubChild hub, int cycles) throws IOException, InterruptedException {
        ledger.awaitAll(LAST_ARRIVALS, "http", "file", "mqtt");
        long end = System.nanoTime() + LAST_ARRIVALS.toNanos();
        do {
            ledger.forget("store");
            hub.stored(event -> ledger.arrived("store", event));
        } while (ledger.missing("store") > 0 && System.nanoTime() < end);
        long letters = hub.deadLetters();
        hub.stop();
        return new Killed(cycles, ledger.accounts(), letters);
    }

    private static String load() {
        var routes = new StringBuilder();
        for (int key = 0; key < KEYS; key++) {
            routes.append("""
                    - route:
                        id: proof-%1$d
                        description: Publishes events and tells outside which the spine has taken.
                        from:
                          uri: timer:proof-%1$d
                          parameters: { period: %2$d, delay: 0 }
                          steps:
                            - setHeader: { name: key, constant: proof-%1$d }
                            - bean: { beanType: io.sightline.hub.proof.ProofEvents, method: signal }
                            - to: direct:events
                            - bean: { beanType: io.sightline.hub.proof.ProofEvents, method: acknowledged }
                    """.formatted(key, PERIOD_MILLIS));
        }
        return routes.toString();
    }

    private void start(HubChild hub, MqttSubscriber mqtt) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        hub.launch();
        hub.awaitReady();
        startMillis = (int) Duration.ofNanos(System.nanoTime() - begin).toMillis();
        try {
            mqtt.connect(hub.mqttAddress(), TOPIC);
        } catch (MqttException e) {
            throw new IOException("the hub does not let a subscriber in: " + e.getMessage(), e);
        }
    }

    private void kill(HubChild hub, MqttSubscriber mqtt) throws IOException, InterruptedException {
        Moment moment = Moment.values()[dice.nextInt(Moment.values().length)];
        if (moment == Moment.START) {
            hub.kill();
            hub.launch();
            Thread.sleep(dice.nextInt(startMillis + 1));
        } else {
            Thread.sleep(dice.nextInt(LONGEST_LOAD_MILLIS));
            if (moment == Moment.STOP) {
                hub.askToStop();
                Thread.sleep(dice.nextInt(LONGEST_STOP_MILLIS));
            }
        }
        hub.kill();
        start(hub, mqtt);
    }
}
