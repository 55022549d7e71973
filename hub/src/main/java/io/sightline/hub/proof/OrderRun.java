package io.sightline.hub.proof;

import io.sightline.processors.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Sends many events over many keys through doors that fail all the time, one sink for each kind of event, with kills in
 * between, and looks at the order. Data lie in memory where the system has a folder for that: this asks about order, not
 * about disks. One thread.
 */
final class OrderRun {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Duration MOST = Duration.ofMinutes(60);
    private static final Duration FAULT_EVERY = Duration.ofSeconds(2);
    private static final int KILLS = 3;
    private static final int FAULT_MILLIS = 300;

    private static final String SINKS = "five sinks";

    private final Ledger ledger = new Ledger();
    private final Random dice;
    private final long seed;
    private final Consumer<String> progress;
    private final List<FaultDoor> doors = new ArrayList<>();

    OrderRun(long seed, Consumer<String> progress) {
        this.seed = seed;
        this.dice = new Random(seed);
        this.progress = progress;
    }

    Killed run(int events) throws IOException, InterruptedException {
        Path folder = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "sightline-order-")
                : Child.folder("order");
        try (var http = HttpReceiver.plain(event -> ledger.arrived(SINKS, event));
                var spine = new SpineChild(folder, ledger, List.of())) {
            spine.routes(routes(http.port()));
            spine.start();
            for (int part = 1; part <= KILLS + 1; part++) {
                load(spine, (long) events * part / (KILLS + 1));
                if (part <= KILLS) {
                    spine.kill();
                    spine.start();
                }
            }
            settle();
            return new Killed(KILLS, ledger.accounts(), spine.stop());
        } finally {
            for (FaultDoor door : doors) {
                door.close();
            }
            Folders.deleteUnless(ledger.showsTrouble(), folder);
        }
    }

    private String routes(int port) throws IOException {
        var routes = new StringBuilder();
        for (Event.Kind kind : Event.Kind.values()) {
            var door = new FaultDoor(port, seed);
            doors.add(door);
            routes.append(ProofSinks.http(kind.word(), kind.word(), "http://127.0.0.1:" + door.port()));
        }
        return routes.toString();
    }

    /** Until so many are acknowledged in all. */
    private void load(SpineChild spine, long until) throws InterruptedException {
        spine.load(0, until - ledger.acknowledged());
        long end = System.nanoTime() + MOST.toNanos();
        while (ledger.acknowledged() < until && System.nanoTime() < end) {
            disturb();
            progress.accept("acknowledged " + ledger.acknowledged() + " of " + until);
        }
    }

    private void settle() throws InterruptedException {
        long end = System.nanoTime() + MOST.toNanos();
        while (onTheirWay() > 0 && System.nanoTime() < end) {
            disturb();
        }
    }

    /** How many events are still on their way. */
    private long onTheirWay() {
        return ledger.missing(SINKS);
    }

    /** One door fails for a moment, in one of the ways that lose answers, connections or both. */
    private void disturb() throws InterruptedException {
        FaultDoor.Way[] ways = {FaultDoor.Way.REFUSED, FaultDoor.Way.CUT, FaultDoor.Way.ANSWERS_LOST};
        FaultDoor door = doors.get(dice.nextInt(doors.size()));
        door.set(ways[dice.nextInt(ways.length)]);
        Thread.sleep(FAULT_MILLIS);
        door.set(FaultDoor.Way.PASS);
        Thread.sleep(FAULT_EVERY.toMillis() - FAULT_MILLIS);
    }
}
