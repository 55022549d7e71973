package io.sightline.hub.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Lets every fault happen to every sink that knows it, all sinks at once, and watches a healthy one beside them. Each
 * fault lasts; then it is measured until when each sink has everything that was acknowledged before the fault ended. One
 * thread.
 */
final class FaultMatrix {
    private static final String NEIGHBOUR = "neighbour";
    private static final int RATE = 25;
    private static final Duration WARM = Duration.ofSeconds(6);
    private static final Duration MOST_RECOVERY = Duration.ofSeconds(45);
    private static final long LOOK_MILLIS = 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Ledger ledger = new Ledger();
    private final Lateness lateness = new Lateness();
    private final Duration lasts;
    private final long seed;
    private final Consumer<String> progress;

    /** @param lasts how long each fault is there */
    FaultMatrix(Duration lasts, long seed, Consumer<String> progress) {
        this.lasts = lasts;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * What one fault did.
     *
     * @param recovery in s by sink; empty where the sink did not come back in time; sinks without this fault are missing
     * @param neighbour 99th percentile of the healthy sink meanwhile, in ms
     */
    record Row(Fault fault, Map<String, OptionalDouble> recovery, double neighbour) {}

    /**
     * Everything.
     *
     * @param healthy 99th percentile of the healthy sink without any fault, in ms
     * @param why for each sink, why some faults do not exist there
     */
    record Result(List<Row> rows, double healthy, Killed events, Map<String, String> why) {}

    Result run() throws IOException, InterruptedException {
        Path folder = Child.folder("faults");
        Certificates certificates = Certificates.make(folder);
        ledger.expect(NEIGHBOUR);
        try (var neighbour = HttpReceiver.plain(event -> lateness.of(ledger.arrived(NEIGHBOUR, event)));
                var broker = new OtherBroker(ledger::arrived);
                var http = WebSink.plain(ledger, seed);
                var https = WebSink.secured(ledger, certificates, seed);
                var file = new FileSink(folder.resolve("full"), ledger);
                var mqtt = BrokerSink.mqtt(broker, seed);
                var jms = BrokerSink.jms(broker, seed);
                var spine = new SpineChild(folder, ledger, List.of())) {
            List<FaultySink> sinks = List.of(http, https, file, mqtt, jms);
            var routes =
                    new StringBuilder(ProofSinks.http(NEIGHBOUR, "signals", "http://127.0.0.1:" + neighbour.port()));
            sinks.forEach(sink -> routes.append(sink.route()));
            spine.routes(routes.toString());
            spine.options(List.of(
                    "-Djavax.net.ssl.trustStore=" + certificates.store(),
                    "-Djavax.net.ssl.trustStorePassword=" + Certificates.PASSWORD));
            spine.start();
            Result result = measure(spine, sinks);
            sinks.forEach(sink -> result.why().put(sink.name(), sink.why()));
            return result;
        } finally {
            Folders.deleteUnless(ledger.showsTrouble(), folder);
        }
    }

    private Result measure(SpineChild spine, List<FaultySink> sinks) throws IOException, InterruptedException {
        spine.loadSignals(RATE);
        Thread.sleep(WARM.toMillis());
        lateness.takeP99();
        Thread.sleep(WARM.toMillis());
        double healthy = lateness.takeP99();
        var rows = new ArrayList<Row>();
        for (Fault fault : Fault.values()) {
            progress.accept("fault: " + fault.words());
            rows.add(row(fault, sinks));
        }
        spine.pause();
        for (FaultySink sink : sinks) {
            ledger.awaitAll(MOST_RECOVERY, sink.name());
        }
        ledger.awaitAll(MOST_RECOVERY, NEIGHBOUR);
        long letters = spine.stop();
        return new Result(rows, healthy, new Killed(0, ledger.accounts(), letters), new LinkedHashMap<>());
    }

    private Row row(Fault fault, List<FaultySink> sinks) throws IOException, InterruptedException {
        var struck = new ArrayList<FaultySink>();
        for (FaultySink sink : sinks) {
            if (sink.begin(fault)) {
                struck.add(sink);
            }
        }
        lateness.takeP99();
        Thread.sleep(lasts.toMillis());
        double neighbour = lateness.takeP99();
        for (FaultySink sink : struck) {
            sink.end();
        }
        return new Row(fault, recovery(struck), neighbour);
    }

    /** Until everything has arrived that was acknowledged when the fault ended. */
    private Map<String, OptionalDouble> recovery(List<FaultySink> struck) throws InterruptedException {
        Numbers owed = ledger.acknowledgedNow();
        long begin = System.nanoTime();
        var recovery = new LinkedHashMap<String, OptionalDouble>();
        struck.forEach(sink -> recovery.put(sink.name(), OptionalDouble.empty()));
        while (System.nanoTime() - begin < MOST_RECOVERY.toNanos() && recovery.containsValue(OptionalDouble.empty())) {
            Thread.sleep(LOOK_MILLIS);
            double now = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            recovery.replaceAll((name, before) ->
                    before.isPresent() || ledger.missing(name, owed) > 0 ? before : OptionalDouble.of(now));
        }
        return recovery;
    }
}
