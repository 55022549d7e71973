package io.sightline.hub.events;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.Envelope;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.Sequences;
import io.sightline.processors.SpineSender;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The step {@code publishEvent}, through which every event leaves. */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {

    @Bean
    Envelope envelope(DataFolder data, SightlineSettings settings, Clock clock) {
        URI schemas = settings.hub()
                .publicUrl()
                .map(url -> URI.create(url.toString().replaceAll("/+$", "") + "/api/v1/schemas"))
                .orElse(Envelope.DEFAULT_SCHEMAS);
        return new Envelope(data.hubId(), schemas, clock);
    }

    @Bean
    EventPublisher publishEvent(Envelope envelope, DataFolder data, SpineSender spine, Integrations integrations) {
        return new EventPublisher(envelope, new Sequences(data.start()), spine, new SpineState(integrations));
    }

    @Bean(destroyMethod = "close")
    SpineWatch spineWatch(EventPublisher publisher) {
        return new SpineWatch(publisher);
    }

    @Bean(destroyMethod = "close")
    Background background() {
        return new Background();
    }

    @Bean
    SmartInitializingSingleton systemNews(
            Integrations integrations, EventPublisher publisher, Spine spine, Background background) {
        return () -> integrations.listen(new SystemNews(publisher, spine, background));
    }
}
