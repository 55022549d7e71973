package io.sightline.hub.webhooks;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.http.Ports;
import io.sightline.hub.routefiles.RouteFiles;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.spine.Replays;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.spine.SpinePorts;
import io.sightline.hub.status.Integrations;
import io.sightline.hub.store.DetectionStore;
import io.sightline.hub.store.StoreAccess;
import io.sightline.processors.Envelope;
import io.sightline.processors.Event;
import io.sightline.processors.EventPublisher;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds webhooks, both ways. */
@Configuration(proxyBeanMethods = false)
class WebhooksConfiguration {
    private final Clock clock;

    WebhooksConfiguration(Clock clock) {
        this.clock = clock;
    }

    /** Wrapped, so that no other part of the hub takes the threads for the usual ones. */
    record Threads(ScheduledThreadPoolExecutor timer, ScheduledExecutorService background) implements AutoCloseable {
        @Override
        public void close() {
            timer.shutdownNow();
            background.shutdownNow();
        }
    }

    @Bean
    Threads webhookThreads() {
        var timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "webhook-timer"));
        timer.setRemoveOnCancelPolicy(true);
        return new Threads(timer, Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "webhook-records")));
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Bean
    WebhookGuard webhookGuard(SettingsFile settings, Ports ports, SpinePorts spine) {
        return new WebhookGuard(
                () -> settings.current().webhookNetworks(),
                address -> (ports.uses(address.getPort()) || spine.uses(address.getPort())) && local(address),
                InetAddress::getAllByName);
    }

    private static boolean local(InetSocketAddress address) {
        InetAddress place = address.getAddress();
        if (place.isLoopbackAddress() || place.isAnyLocalAddress()) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(place) != null;
        } catch (SocketException e) {
            return true; // who cannot tell refuses: the port is one of ours
        }
    }

    @Bean
    WebhookRoutes webhookRoutes(Spine spine, Integrations integrations, ObjectProvider<CamelContext> camel) {
        return new WebhookRoutes(spine, integrations, camel::getObject);
    }

    @Bean
    WebhookTables webhookTables(StoreAccess store, DataFolder data) {
        return new WebhookTables(store, new SecretBox(data.security().resolve("webhook-key")));
    }

    @Bean
    Webhooks webhooks(WebhookTables tables, WebhookRoutes routes, WebhookGuard guard, Threads threads) {
        var tools = new WebhookClient.Tools(guard, threads.timer(), clock);
        return new Webhooks(tables, routes, tools, threads.background());
    }

    @Bean
    DeliveryLog deliveryLog(StoreAccess store) {
        return new DeliveryLog(store, clock);
    }

    /** Step of the routes made from spine-to-webhook. */
    @Bean
    DeliverWebhook deliverWebhook(Webhooks webhooks, DeliveryLog log) {
        return new DeliverWebhook(webhooks, log, clock);
    }

    @Bean
    WebhookReplays webhookReplays(DetectionStore store, Replays queue) {
        return new WebhookReplays(store, queue);
    }

    @Bean
    WebhookTests webhookTests(Webhooks webhooks, Envelope envelope, DeliveryLog log) {
        return new WebhookTests(webhooks, envelope, log, clock);
    }

    @Bean
    WebhookHistory webhookHistory(Webhooks webhooks, DeliveryLog log) {
        return new WebhookHistory(webhooks, log);
    }

    @Bean
    Inbox inbox(SettingsFile settings, StoreAccess store, EventPublisher publisher, Spine spine) {
        return new Inbox(
                () -> settings.current().inboundWebhooks(),
                store,
                publisher,
                name -> spine.ensure(Event.Kind.SYSTEM, name),
                clock);
    }

    @Bean(destroyMethod = "close")
    WebhookLifecycle webhookLifecycle(Webhooks webhooks, DeliveryLog log, Inbox inbox, Threads threads) {
        return new WebhookLifecycle(webhooks, log, inbox, threads.background());
    }

    @Bean
    SmartInitializingSingleton remakeWebhookRoutes(RouteFiles files, Webhooks webhooks) {
        return () -> files.listen(templates -> {
            if (templates.contains(WebhookRoutes.TEMPLATE)) {
                webhooks.remakeRoutes();
            }
        });
    }
}
