package io.sightline.hub.store;

import io.sightline.hub.counts.CountStore;
import io.sightline.hub.counts.DailyReset;
import io.sightline.hub.counts.EventCounter;
import io.sightline.hub.data.DataFolder;
import io.sightline.hub.settings.CountingSettings;
import io.sightline.hub.settings.StoreSettings;
import io.sightline.hub.status.Integrations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A store in a folder of a test, and events for it. */
final class Stores implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final Integrations integrations = new Integrations(Clock.systemUTC());
    final StoreDatabase database;
    final DetectionStore store;
    final List<StoredDetection> ended = new ArrayList<>();
    final StoreEvent step;
    final CountStore counts;
    /** Used by the next total that is written or read. */
    CountingSettings counting = new CountingSettings(Optional.empty(), ZoneOffset.UTC);

    final EventCounter counter = new EventCounter(new DailyReset(() -> counting));
    private final DefaultCamelContext camel = new DefaultCamelContext();

    Stores(Path folder, StoreSettings settings, Clock clock) {
        this(new DataFolder(folder, "hub-test", 2), settings, clock);
    }

    Stores(DataFolder data, StoreSettings settings, Clock clock) {
        database = new StoreDatabase(data, settings, integrations);
        database.start();
        store = new DetectionStore(database);
        step = new StoreEvent(database, new AfterRestart(data.start(), store, ended::add), counter, clock);
        counts = new CountStore(database::jdbc, new DailyReset(() -> counting), clock);
    }

    static StoreSettings h2() {
        return new StoreSettings(Optional.empty(), Optional.empty(), Optional.empty());
    }

    void write(String event) {
        var exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(event.getBytes(StandardCharsets.UTF_8));
        step.process(exchange);
    }

    /** @param number of the event within start 1 and camera gate */
    static String event(int number, String detection, String what, double confidence) {
        return event("gate", number, detection, what, confidence);
    }

    static String event(String camera, int number, String detection, String what, double confidence) {
        Instant started = NOON.plusSeconds(Integer.parseInt(detection));
        String ended = what.equals("ended") ? "\"" + started.plusSeconds(9) + "\"" : "null";
        return """
                {"specversion":"1.0","id":"e-%s-%d","source":"/hubs/h/cameras/%s","type":"io.sightline.detection.%s",
                 "subject":"%s","time":"%s","sequence":"000001-%013d",
                 "data":{"id":"%s","camera_id":"%s","type":"person","confidence":%s,"started_at":"%s","ended_at":%s,
                  "zones":["crossing"],"snapshot":{"href":"x","sha256":"ab"}}}""".formatted(
                camera, number, camera, what, camera, started, number, detection, camera, confidence, started, ended);
    }

    static String marker(long start) {
        return """
                {"specversion":"1.0","id":"marker-%d","source":"/hubs/h/integrations/hub","type":"io.sightline.system",
                 "subject":"hub","time":"2026-11-21T13:00:00Z","sequence":"00000%d-0000000000001",
                 "data":{"kind":"hub","id":"hub","state":"ONLINE","code":"STARTED","start":%d}}""".formatted(start, start, start);
    }

    @Override
    public void close() {
        database.close();
    }
}
