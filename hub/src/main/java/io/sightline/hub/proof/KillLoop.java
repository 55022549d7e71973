package io.sightline.hub.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Kills the spine and its sinks at random moments, and looks whether everything acknowledged arrives. One thread. */
final class KillLoop {
    private static final Duration LAST_ARRIVALS = Duration.ofSeconds(60);
    private static final String TOPIC = "sightline/#";
    private static final int RATE = 400;
    private static final int LONGEST_LOAD_MILLIS = 700;
    private static final int LONGEST_COMPACTION_MILLIS = 60;
    private static final int LONGEST_STOP_MILLIS = 400;

    private final Ledger ledger = new Ledger();
    private final Random dice;
    private final Consumer<String> progress;
    /** How long the last start took that was waited for, in ms. */
    private int startMillis;

    /** When a process is killed; most often in full run. */
    private enum Moment {
        START,
        LOAD,
        LOAD_AGAIN,
        COMPACTION,
        STOP
    }

    /** @param seed of the moments at which is killed */
    KillLoop(long seed, Consumer<String> progress) {
        this.dice = new Random(seed);
        this.progress = progress;
    }

    /** Kills so often, then lets the rest arrive. */
    Killed run(int cycles) throws IOException, InterruptedException {
        Path folder = Child.folder("kills");
        Path out = folder.resolve("out");
        List.of("http", "file", "mqtt").forEach(ledger::expect);
        try (var http = HttpReceiver.plain(event -> ledger.arrived("http", event));
                var file = new FileReceiver(out.resolve("events.jsonl"), event -> ledger.arrived("file", event));
                var spine = new SpineChild(folder, ledger, List.of());
                var mqtt = new MqttSubscriber(OneUser.NAME, spine.password(), event -> ledger.arrived("mqtt", event))) {
            spine.routes(ProofSinks.http("http", "all", "http://127.0.0.1:" + http.port())
                    + ProofSinks.file("file", "all", out));
            file.start();
            start(spine, mqtt, false); // in peace, since a subscription is owed only what comes after it
            for (int cycle = 1; cycle <= cycles; cycle++) {
                kill(spine, mqtt);
                progress.accept("kill " + cycle + " of " + cycles + ", acknowledged " + ledger.acknowledged());
            }
            spine.pause();
            ledger.awaitAll(LAST_ARRIVALS, "http", "file", "mqtt");
            return new Killed(cycles, ledger.accounts(), spine.stop());
        } finally {
            Folders.deleteUnless(ledger.showsTrouble(), folder);
        }
    }

    private void start(SpineChild spine, MqttSubscriber mqtt, boolean loaded) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        spine.start();
        startMillis = (int) Duration.ofNanos(System.nanoTime() - begin).toMillis();
        if (loaded) {
            spine.load(RATE, Long.MAX_VALUE); // a subscriber comes back while events flow
        }
        try {
            mqtt.connect(spine.mqttAddress(), TOPIC);
        } catch (MqttException e) {
            throw new IOException("the spine does not let a subscriber in: " + e.getMessage(), e);
        }
    }

    /** What runs is killed; what is started to be killed on its way up is followed by a start that is waited for. */
    private void kill(SpineChild spine, MqttSubscriber mqtt) throws IOException, InterruptedException {
        Moment moment = Moment.values()[dice.nextInt(Moment.values().length)];
        if (moment == Moment.START) {
            spine.kill();
            spine.launch();
            Thread.sleep(dice.nextInt(startMillis + 1));
        } else {
            Thread.sleep(dice.nextInt(LONGEST_LOAD_MILLIS));
            if (moment == Moment.COMPACTION) {
                spine.compact();
                Thread.sleep(dice.nextInt(LONGEST_COMPACTION_MILLIS));
            } else if (moment == Moment.STOP) {
                spine.askToStop();
                Thread.sleep(dice.nextInt(LONGEST_STOP_MILLIS));
            }
        }
        spine.kill();
        start(spine, mqtt, true);
    }
}
