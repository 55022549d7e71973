package io.sightline.hub.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.counts.CountStore;
import io.sightline.hub.counts.DailyReset;
import io.sightline.hub.counts.EventCounter;
import io.sightline.hub.data.DataFolder;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.SystemEvents;
import io.sightline.processors.pipeline.DetectionEvents;
import io.sightline.processors.pipeline.SnapshotRef;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the store: database, pictures, the step that writes, and what keeps both within limits. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    private static final TypeReference<Map<String, Object>> PAYLOAD = new TypeReference<>() {};

    private final Clock clock;

    StoreConfiguration(Clock clock) {
        this.clock = clock;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    StoreDatabase storeDatabase(DataFolder data, SightlineSettings settings, Integrations integrations) {
        return new StoreDatabase(data, settings.store(), integrations);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    StoreProbe storeProbe(StoreDatabase database) {
        return new StoreProbe(database, System::nanoTime);
    }

    @Bean
    DetectionStore detectionStore(StoreDatabase database) {
        return new DetectionStore(database);
    }

    /** Step of the route spine-to-store. */
    @Bean
    StoreEvent storeEvent(DataFolder data, StoreDatabase database, EventPublisher publisher, EventCounter counter) {
        var json = new ObjectMapper();
        var afterRestart = new AfterRestart(
                data.start(),
                new DetectionStore(database),
                open -> publisher.publish(DetectionEvents.closedAfterRestart(
                        json.convertValue(open.data(), PAYLOAD), open.updated(), clock.instant())));
        return new StoreEvent(database, afterRestart, counter, clock);
    }

    @Bean
    DailyReset dailyReset(SettingsFile file) {
        return new DailyReset(() -> file.current().counting());
    }

    @Bean
    EventCounter eventCounter(DailyReset daily) {
        return new EventCounter(daily);
    }

    @Bean
    CountStore countStore(StoreDatabase database, DailyReset daily) {
        return new CountStore(database::jdbc, daily, clock);
    }

    /** Listeners may need the store themselves, so they are added once all is built. */
    @Bean
    SmartInitializingSingleton listenersOfEvents(StoreEvent step, ObjectProvider<EventsListener> listeners) {
        return () -> listeners.orderedStream().forEach(step::listen);
    }

    /** Sent before any camera starts: everything older than it was sent by an earlier start. */
    @Bean
    SmartInitializingSingleton hubStarted(DataFolder data, EventPublisher publisher, Clock clock) {
        return () -> publisher.publish(SystemEvents.hubStarted(data.start(), clock.instant()));
    }

    @Bean
    SnapshotFiles snapshotFiles(DataFolder data, Clock clock) {
        return new SnapshotFiles(data.snapshots(), clock);
    }

    /** What the pipelines of cameras keep pictures with. */
    @Bean
    io.sightline.processors.pipeline.SnapshotFiles keepSnapshot(SnapshotFiles files, SightlineSettings settings) {
        String base = settings.hub().publicUrl().map(URI::toString).orElse("").replaceAll("/+$", "");
        return jpeg -> {
            String hash = files.write(jpeg);
            return new SnapshotRef(base + "/api/v1/snapshots/" + hash + ".jpg", hash);
        };
    }

    @Bean
    Retention retention(
            StoreDatabase database, SnapshotFiles files, Integrations integrations, RetentionLimits limits) {
        return new Retention(database, files, integrations, limits);
    }

    @Bean
    StoreMetrics storeMetrics(StoreEvent step, Retention retention) {
        return new StoreMetrics(step, retention);
    }

    @Bean
    SmartInitializingSingleton retentionFollowsSettings(Retention retention, SettingsFile file) {
        return () -> file.listen(change -> retention.apply(change.after().retention()));
    }

    @Bean
    RetentionLimits retentionLimits(SightlineSettings settings, Clock clock) {
        return new RetentionLimits(settings.retention(), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    RetentionTimer retentionTimer(Retention retention) {
        return new RetentionTimer(retention);
    }
}
