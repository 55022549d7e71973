package io.sightline.hub.spine;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.security.HubUsers;
import io.sightline.hub.settings.PortSettings;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.SpineSender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The spine and the routes of its sinks as the hub builds them, without the rest of the hub: what a proof starts a
 * hundred times. The store has no database here; what waits for it is taken off and forgotten. Started and stopped by one
 * thread.
 */
public final class SpineOnly implements AutoCloseable {
    private static final int COMPACT_MILLIS = (int) TimeUnit.MINUTES.toMillis(1);
    private static final String FORGETFUL_STORE = """
            - route:
                id: spine-to-nowhere
                description: Stands for the store, which is not part of this.
                from:
                  uri: spine:queue:sightline.sinks.store
                  parameters: { transacted: true }
                  steps:
                    - process: { ref: delivered }
            """;

    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private final DefaultCamelContext camel;

    /**
     * Starts the spine; routes come with {@link #start}.
     *
     * @throws RuntimeException if the spine refuses its journal or cannot listen; nothing is left open then
     */
    public SpineOnly(DataFolder data, SightlineSettings settings, HubUsers users) {
        beans.registerBean(DataFolder.class, () -> data);
        beans.registerBean(SightlineSettings.class, () -> settings);
        beans.registerBean(PortSettings.class, settings::ports);
        beans.registerBean(HubUsers.class, () -> users);
        beans.registerBean(Clock.class, Clock::systemUTC);
        beans.registerBean(Integrations.class, () -> new Integrations(Clock.systemUTC()));
        beans.register(SpineConfiguration.class);
        beans.refresh();
        camel = new DefaultCamelContext(new ApplicationContextBeanRepository(beans));
    }

    /**
     * Starts the sinks.
     *
     * @param routes a YAML file with routes of an engineer
     */
    public void start(Path routes) throws Exception {
        var kamelets = new KameletComponent();
        kamelets.setLocation("classpath:sightline/routes/kamelets");
        camel.addComponent("kamelet", kamelets);
        camel.getShutdownStrategy().setTimeout(5);
        beans.getBeansOfType(RoutePolicyFactory.class).values().forEach(camel::addRoutePolicyFactory);
        beans.getBeansOfType(CamelContextConfiguration.class)
                .values()
                .forEach(configuration -> configuration.beforeApplicationStart(camel));
        camel.start();
        var loader = PluginHelper.getRoutesLoader(camel);
        loader.loadRoutes(ResourceHelper.fromString("spine-to-nowhere.camel.yaml", FORGETFUL_STORE));
        loader.loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:" + routes.toAbsolutePath()));
    }

    /** Where events go in. */
    public SpineSender sender() {
        return beans.getBean(SpineSender.class);
    }

    public SpinePorts ports() {
        return beans.getBean(SpinePorts.class);
    }

    /** Events that were rejected for good. */
    public long deadLetters() {
        return beans.getBean(DeadLetters.class).count();
    }

    /** Rewrites the journal without what is done with, as the broker does by itself now and then; returns when done. */
    public void compact() throws Exception {
        beans.getBean(SpineServer.class)
                .broker()
                .getStorageManager()
                .getMessageJournal()
                .scheduleCompactAndBlock(COMPACT_MILLIS);
    }

    @Override
    public void close() throws IOException {
        try {
            camel.close();
        } finally {
            beans.close();
        }
    }
}
