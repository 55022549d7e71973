package io.sightline.hub.sinks;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sightline.hub.routefiles.RouteFiles;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.spine.SinkLimits;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.status.Integrations;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What makes sinks of the settings, and the steps of their routes. */
@Configuration(proxyBeanMethods = false)
class SinksConfiguration {

    @Bean
    @Lazy
    Sinks sinks(CamelContext camel, Spine spine, SinkLimits limits, Integrations integrations) {
        return new Sinks(camel, spine, limits, integrations);
    }

    @Bean
    @Lazy
    SinkSteps sinkSteps(Sinks sinks) {
        return new SinkSteps(sinks);
    }

    /** Step of the routes of configured sinks: what leaves. */
    @Bean
    Processor formatEvent(ObjectProvider<SinkSteps> steps) {
        return exchange -> steps.getObject().format(exchange);
    }

    /** Step of the routes of sinks with at-most-once: instead of another try. */
    @Bean
    Processor giveUp(
            ObjectProvider<SinkSteps> steps,
            @Qualifier("retryOrDeadLetter") Processor retryOrDeadLetter,
            @Qualifier("lost") Processor lost) {
        return exchange -> {
            if (steps.getObject().giveUp(exchange, retryOrDeadLetter)) {
                lost.process(exchange);
            }
        };
    }

    @Bean
    MeterBinder sinkLosses(ObjectProvider<SinkSteps> steps) {
        return registry -> FunctionCounter.builder(
                        "sightline.sinks.lost", steps, it -> it.getObject().lost())
                .description("Events that sinks with at-most-once could not deliver")
                .register(registry);
    }

    @Bean
    SmartInitializingSingleton remakeSinkRoutes(RouteFiles files, ObjectProvider<Sinks> sinks) {
        return () -> files.listen(templates -> {
            if (templates.contains(Sinks.TEMPLATE)) {
                sinks.getObject().remakeRoutes();
            }
        });
    }

    @Bean
    SinkLifecycle sinkLifecycle(Sinks sinks, SettingsFile file) {
        return new SinkLifecycle(sinks, file);
    }
}
