package io.sightline.hub.sinks;

import io.sightline.hub.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One sink (live).
 *
 * @param uri address of a Camel endpoint; may hold secrets
 * @param server the broker or database, where the address itself has no place for it
 * @param caFile certificates of issuers that the receiver's must be from, PEM
 * @param from kinds of events; empty: detections
 * @param cameras ids of cameras; empty: all
 * @param filter CEL over the event
 * @param budget bytes that may wait
 * @param budgetAge how long an event may wait
 * @param timeout how long the receiver may take to acknowledge one event
 */
public record SinkSettings(
        String id,

        @Setting("Where events go, a Camel address: `kafka:topic`, `https://host/path`, `jms:queue:name` …"
                + " ([Sinks](sinks.md)).")
        String uri,

        @Setting(value = "`false`: nothing is sent; events wait in the queue of the sink.", standard = "true")
        boolean enabled,

        @Setting("Broker or database, where the address has no place for it: `tcp://host:61616`, `amqps://host`,"
                + " `jdbc:postgresql://host/database`, `host:9092` …")
        Optional<String> server,

        @Setting("Login, where the receiver asks for one.") Optional<String> username,

        @Setting(value = "Its password.", secret = true) Optional<String> password,

        @Setting("PEM file with the issuers of the receiver's certificate; without it those that Java knows.")
        Optional<Path> caFile,

        @Setting(
                value = "What it takes, one or a list of these; `detections` where it is missing.",
                oneOf = {"detections", "scene", "alerts", "signals", "system", "all"})
        Set<String> from,

        @Setting(
                value = "Cameras whose detections and scene events it takes, one or a list; all where it is missing.",
                refersTo = "cameras")
        Set<String> cameras,

        @Setting("Which of these events, in [CEL](sinks.md#filters), for example `event.data.confidence > 0.8`.")
        Optional<String> filter,

        @Setting(
                value = "`cloudevents`: the event as it is on the spine, byte for byte; `data`: its `data` alone.",
                standard = "cloudevents",
                oneOf = {"cloudevents", "data"})
        String format,

        @Setting(
                value = "How often the receiver gets an event ([Sinks](sinks.md#guarantees)).",
                standard = "at-least-once",
                oneOf = {"at-most-once", "at-least-once", "effectively-once"})
        String guarantee,

        @Setting("When an event is tried again.") Retry retry,

        @Setting(
                value = "What may wait in its queue.",
                standard = "10GiB",
                unit = Setting.Unit.BYTES,
                min = 1 << 20,
                max = 1L << 50)
        long budget,

        @Setting(value = "How long an event may wait.", standard = "30d", min = 60, max = 315_360_000)
        Duration budgetAge,

        @Setting(
                value = "Which events go when more waits than `budget` allows; what is too old goes anyway.",
                standard = "drop-oldest",
                oneOf = {"drop-oldest", "drop-newest"})
        String whenFull,

        @Setting(
                value = "How long the receiver may take to acknowledge one event.",
                standard = "30s",
                min = 0.1,
                max = 600)
        Duration timeout) {

    /**
     * When an event is tried again.
     *
     * @param attempts of an event that the receiver rejects, until it goes to the dead letters
     */
    public record Retry(
            @Setting(
                    value = "Pause after the first failure; doubles with each.",
                    standard = "100ms",
                    min = 0.01,
                    max = 600)
            Duration first,

            @Setting(value = "Longest pause.", standard = "30s", min = 0.01, max = 3600)
            Duration longest,

            @Setting(
                    value = "How often an event is tried that the receiver rejects; an outage is retried without end.",
                    standard = "10",
                    min = 1,
                    max = 1000)
            int attempts) {}

    Guarantee guaranteed() {
        return Guarantee.of(guarantee);
    }

    /** For a log; the address may hold secrets. */
    @Override
    public String toString() {
        return "SinkSettings[id=" + id + "]";
    }
}
