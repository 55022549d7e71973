package io.sightline.hub.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sightline.camera.CameraComponent;
import io.sightline.camera.CameraFigures;
import io.sightline.hub.cameras.MotionCounts;
import io.sightline.hub.counts.EventCounter;
import io.sightline.hub.events.Background;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.Integrations;
import io.sightline.hub.webhooks.Inbox;
import io.sightline.hub.webhooks.WebhookHistory;
import io.sightline.processors.EventPublisher;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health and metrics of the hub. */
@Configuration(proxyBeanMethods = false)
class ManagementConfiguration {

    @Bean
    HubHealth hubHealthIndicator(Integrations integrations) {
        return new HubHealth(integrations);
    }

    @Bean
    StageTimes stageTimes(MeterRegistry registry) {
        return new StageTimes(registry);
    }

    @Bean
    FrameMetrics frameMetrics(MeterRegistry registry, StageTimes stages, Integrations integrations) {
        return new FrameMetrics(registry, stages, () -> cameras(integrations));
    }

    @Bean
    FrameGaps frameGaps(MeterRegistry registry, Integrations integrations) {
        return new FrameGaps(registry, () -> cameras(integrations), System::nanoTime);
    }

    @Bean
    MotionMetrics motionMetrics(MeterRegistry registry, MotionCounts counts, Integrations integrations) {
        return new MotionMetrics(registry, counts, () -> cameras(integrations));
    }

    @Bean
    CountMetrics countMetrics(MeterRegistry registry, EventCounter counter, Integrations integrations) {
        return new CountMetrics(registry, counter, () -> cameras(integrations));
    }

    private static Set<String> cameras(Integrations integrations) {
        return integrations.all().stream()
                .filter(one -> one.kind().equals("camera"))
                .map(Integration::id)
                .collect(Collectors.toSet());
    }

    @Bean
    StageWatch stageWatch(StageTimes times, FrameMetrics frames, Clock clock) {
        return new StageWatch(times, frames, clock);
    }

    @Bean
    IntegrationMetrics integrationMetrics(MeterRegistry registry, Integrations integrations) {
        return new IntegrationMetrics(registry, integrations);
    }

    /** The component is there once a route has named it. */
    @Bean
    CameraMetrics cameraMetrics(MeterRegistry registry, ObjectProvider<CamelContext> camel) {
        return new CameraMetrics(registry, () -> figures(camel.getObject()));
    }

    private static Map<String, CameraFigures> figures(CamelContext camel) {
        return camel.hasComponent("camera") instanceof CameraComponent cameras ? cameras.figures() : Map.of();
    }

    @Bean
    SpineMetrics spineMetrics(MeterRegistry registry, Spine spine, ObjectProvider<EventPublisher> publishers) {
        return new SpineMetrics(registry, spine, publishers::getIfAvailable);
    }

    @Bean
    SinkFigures sinkFigures(Accounts accounts, Spine spine, Clock clock) {
        return new SinkFigures(accounts, spine, clock);
    }

    @Bean
    SinkMetrics sinkMetrics(MeterRegistry registry, SinkFigures figures) {
        return new SinkMetrics(registry, figures);
    }

    @Bean(destroyMethod = "close")
    SinkBeans sinkBeans(SinkFigures figures, Integrations integrations, DeadLetters letters) {
        return new SinkBeans(figures, integrations, new DeadLetterOperations(letters));
    }

    @Bean
    WebhookMetrics webhookMetrics(MeterRegistry registry, WebhookHistory history, Inbox inbox) {
        return new WebhookMetrics(registry, history, inbox);
    }

    @Bean
    MeterBinder backgroundLosses(Background background) {
        return registry -> FunctionCounter.builder("sightline.background.refused", background, Background::refused)
                .description("Tasks, news of states among them, that were refused because too many waited")
                .register(registry);
    }

    @Bean
    MetricsClock metricsClock(List<Refreshing> metrics) {
        return new MetricsClock(metrics);
    }
}
