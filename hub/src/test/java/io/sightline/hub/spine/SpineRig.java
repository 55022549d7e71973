package io.sightline.hub.spine;

import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A spine and a Camel context with the steps of sinks, for tests outside of this package. */
public final class SpineRig implements AutoCloseable {
    public final DefaultCamelContext camel = new DefaultCamelContext();
    public final Integrations integrations = new Integrations(Clock.systemUTC());
    public final SinkLimits limits = new SinkLimits();
    public final Spine spine;
    public final DeadLetters deadLetters;
    public final Processor retryOrDeadLetter;

    private final TestSpine test;

    public SpineRig(Path folder) throws Exception {
        test = new TestSpine(folder);
        spine = test.spine;
        spine.ensureCamera("gate");
        spine.ensureCamera("yard");
        deadLetters = new DeadLetters(test.connections, spine, test.accounts);
        var retries = new RetryInOrder(
                deadLetters, test.accounts, new RetryInOrder.Surroundings(integrations, limits, Clock.systemUTC()));
        retryOrDeadLetter = retries::failed;
        camel.getShutdownStrategy().setTimeout(5);
        camel.getRegistry().bind("pauseBeforeRetry", (Processor) retries::pause);
        camel.getRegistry().bind("delivered", (Processor) retries::succeeded);
        camel.getRegistry().bind("filtered", (Processor) retries::filtered);
        camel.getRegistry().bind("lost", (Processor) retries::lost);
        camel.getRegistry().bind("retryOrDeadLetter", retryOrDeadLetter);
        camel.addComponent("spine", SpineComponents.component(test.connections));
        SpineConfiguration.quiet(camel);
        camel.addRoutePolicyFactory(new SinkRoutes(spine));
    }

    /** Loads a file of {@code routes/} and starts. */
    public void start(String routeFile) throws Exception {
        camel.start();
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "classpath:sightline/routes/" + routeFile));
    }

    public void send(String address, String event) {
        try {
            test.send(address, event);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        camel.close();
        test.close();
    }
}
