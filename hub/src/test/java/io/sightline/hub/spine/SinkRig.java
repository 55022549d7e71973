package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.SinkBalance;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.Envelope;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.Sequences;
import io.sightline.processors.SpineListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Processor;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A spine with routes that read it and a publisher, as the hub has them. */
final class SinkRig implements AutoCloseable {
    final TestSpine spine;
    final DeadLetters letters;
    final Integrations integrations = new Integrations(Clock.systemUTC());
    final EventPublisher publisher;
    final DefaultCamelContext camel = new DefaultCamelContext();

    SinkRig(Path folder, long start) throws Exception {
        spine = new TestSpine(folder, start, Clock.systemUTC());
        spine.accounts.start(spine.server.broker().getScheduledPool());
        spine.spine.ensureCamera("gate");
        spine.spine.ensureCamera("dock");
        letters = new DeadLetters(spine.connections, spine.spine, spine.accounts);
        publisher = new EventPublisher(
                new Envelope("hub-test", Envelope.DEFAULT_SCHEMAS, Clock.systemUTC()),
                new Sequences(start),
                new JmsSpineSender(spine.connections, spine.accounts),
                SpineListener.NONE);
        var retries = new RetryInOrder(
                letters,
                spine.accounts,
                new RetryInOrder.Surroundings(integrations, new SinkLimits(), Clock.systemUTC()));
        camel.getShutdownStrategy().setTimeout(5);
        bind("pauseBeforeRetry", retries::pause);
        bind("filtered", retries::filtered);
        bind("delivered", retries::succeeded);
        bind("retryOrDeadLetter", retries::failed);
        camel.addComponent("spine", SpineComponents.component(spine.connections));
        var kamelets = new KameletComponent();
        kamelets.setLocation("classpath:sightline/routes/kamelets");
        camel.addComponent("kamelet", kamelets);
        SpineConfiguration.quiet(camel);
        camel.addRoutePolicyFactory(new SinkRoutes(spine.spine));
        camel.start();
    }

    void bind(String name, Processor step) {
        camel.getRegistry().bind(name, step);
    }

    /** A route that reads a sink of the same name. @param steps YAML, indented by eight */
    void route(String sink, String kind, String steps) throws Exception {
        String yaml = """
                - route:
                    id: to-%s
                    from:
                      uri: kamelet:sightline-events-source?name=%s&kind=%s
                      steps:
                %s
                """.formatted(sink, sink, kind, steps.indent(8));
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(sink + ".camel.yaml", yaml));
    }

    /** @param value goes into the data of the event */
    void publish(Event.Kind kind, String camera, int value) {
        String type = kind == Event.Kind.SCENE ? "io.sightline.zone.entered" : "io.sightline.detection.started";
        publisher.publish(new Event(kind, camera, type, Clock.systemUTC().instant(), Map.of("value", value), null));
    }

    SinkBalance balance(String sink) {
        return spine.accounts.balance(sink).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        publisher.close();
        camel.close();
        spine.close();
    }
}
