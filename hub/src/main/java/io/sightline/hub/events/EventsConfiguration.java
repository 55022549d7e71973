package io.sightline.hub.events;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.CamelSpineSender;
import io.sightline.processors.Envelope;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.Sequences;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The step {@code publishEvent}, through which every event leaves. */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {

    @Bean
    EventPublisher publishEvent(
            DataFolder data, SightlineSettings settings, Clock clock, ObjectProvider<CamelContext> camel) {
        URI schemas = settings.hub()
                .publicUrl()
                .map(url -> URI.create(url.toString().replaceAll("/+$", "") + "/api/v1/schemas"))
                .orElse(Envelope.DEFAULT_SCHEMAS);
        var template = new AtomicReference<ProducerTemplate>();
        return new EventPublisher(
                new Envelope(data.hubId(), schemas, clock),
                new Sequences(data.start()),
                (address, bytes, headers) ->
                        new CamelSpineSender(templateOf(template, camel)).send(address, bytes, headers));
    }

    /** Made at the first event: the Camel context itself looks for this step when it is made. */
    private static ProducerTemplate templateOf(
            AtomicReference<ProducerTemplate> template, ObjectProvider<CamelContext> camel) {
        ProducerTemplate made = template.get();
        if (made == null) {
            made = camel.getObject().createProducerTemplate();
            template.compareAndSet(null, made);
        }
        return template.get();
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
