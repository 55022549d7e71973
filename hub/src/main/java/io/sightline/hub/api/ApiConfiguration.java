package io.sightline.hub.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.hub.cameras.MotionCounts;
import io.sightline.hub.changes.ConfigurationChanges;
import io.sightline.hub.counts.CountStore;
import io.sightline.hub.crashes.Quarantine;
import io.sightline.hub.discovery.CameraDiscovery;
import io.sightline.hub.security.ApiKeys;
import io.sightline.hub.security.FileUsers;
import io.sightline.hub.security.Logins;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.status.Integrations;
import io.sightline.hub.store.DetectionStore;
import io.sightline.hub.store.StoreProbe;
import io.sightline.hub.webhooks.Inbox;
import io.sightline.hub.webhooks.WebhookHistory;
import io.sightline.hub.webhooks.WebhookReplays;
import io.sightline.hub.webhooks.WebhookTests;
import io.sightline.hub.webhooks.Webhooks;
import io.sightline.processors.Envelope;
import io.sightline.processors.clips.KeptVideos;
import io.sightline.processors.live.LiveViews;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.RestClientRequestValidator;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.ServletWebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** Builds what the REST routes name, and the handlers beside them. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class ApiConfiguration {
    /** Camel's own mapping has the order -1. */
    private static final int BEFORE_CAMEL = -2;

    @Bean
    EventContract eventContract(Envelope envelope) {
        return new EventContract(envelope);
    }

    @Bean
    Contract contract() {
        return new Contract();
    }

    @Bean
    HubOperations hubOperations(Integrations integrations, CamelContext camel, Clock clock, StoreProbe store) {
        return new HubOperations(integrations, camel, clock, store);
    }

    @Bean
    CameraOperations cameraOperations(
            SettingsFile settings, Integrations integrations, CameraNumbers numbers, CameraVideo video) {
        return new CameraOperations(settings, integrations, numbers, video);
    }

    @Bean
    CameraVideo cameraVideo(KeptVideos videos) {
        return new CameraVideo(videos);
    }

    @Bean
    ConfigurationOperations configurationOperations(ConfigurationChanges changes) {
        return new ConfigurationOperations(changes);
    }

    @Bean
    CrashOperations crashOperations(SettingsFile settings, Quarantine quarantine) {
        return new CrashOperations(settings, quarantine);
    }

    @Bean
    DiscoveryOperations discoveryOperations(CameraDiscovery discovery) {
        return new DiscoveryOperations(discovery);
    }

    @Bean
    CameraNumbers cameraNumbers(CamelContext camel, MotionCounts motion, MeterRegistry meters) {
        return new CameraNumbers(camel, motion, meters);
    }

    @Bean
    DetectionOperations detectionOperations(DetectionStore store) {
        return new DetectionOperations(store);
    }

    @Bean
    CountOperations countOperations(CountStore counts, SettingsFile settings, Clock clock) {
        return new CountOperations(counts, () -> settings.current().counting().timeZone(), clock);
    }

    @Bean
    AccountOperations accountOperations(FileUsers users, ApiKeys keys) {
        return new AccountOperations(users, keys);
    }

    @Bean
    WebhookOperations.Parts webhookParts(
            Webhooks webhooks, WebhookHistory history, WebhookReplays replays, WebhookTests tests) {
        return new WebhookOperations.Parts(webhooks, history, replays, tests);
    }

    @Bean
    WebhookOperations webhookOperations(
            WebhookOperations.Parts parts, Inbox inbox, Spine spine, Integrations integrations) {
        return new WebhookOperations(parts, inbox, spine, integrations);
    }

    @Bean
    QueueOperations queueOperations(DeadLetters letters, Spine spine) {
        return new QueueOperations(letters, spine);
    }

    @Bean
    SinkOperations sinkOperations(Accounts accounts, Spine spine, Integrations integrations) {
        return new SinkOperations(accounts, spine, integrations);
    }

    @Bean
    JsonAnswer jsonAnswer(ObjectMapper json) {
        return new JsonAnswer(json);
    }

    @Bean
    ProblemAnswer problemAnswer() {
        return new ProblemAnswer();
    }

    @Bean
    RestClientRequestValidator contractValidator(Contract contract) {
        return new ContractValidator(contract.queryParameters());
    }

    @Bean
    ComponentCustomizer restHeaders(Contract contract) {
        var headers = new RestHeaders(contract.parameters());
        return ComponentCustomizer.builder(PlatformHttpComponent.class)
                .build(component -> component.setHeaderFilterStrategy(headers));
    }

    /** REST routes run on threads of the task executor, which would not know who calls. */
    @Bean
    TaskDecorator callerOfTask() {
        return DelegatingSecurityContextRunnable::new;
    }

    @Bean(destroyMethod = "close")
    PictureThreads pictureThreads() {
        return new PictureThreads();
    }

    @Bean
    Standing standing(Logins logins, FileUsers users, ApiKeys keys) {
        return new Standing(logins, users, keys);
    }

    @Bean(destroyMethod = "close")
    PictureStreams pictureStreams(LiveViews views, Standing standing, Clock clock, MeterRegistry meters) {
        return new PictureStreams(views, standing, clock, meters);
    }

    @Bean
    StoredEvents storedEvents(DetectionStore store) {
        return new StoredEvents(store);
    }

    @Bean(destroyMethod = "close")
    EventSockets eventSockets(StoredEvents events, Standing standing, Clock clock, MeterRegistry meters) {
        return new EventSockets(events, standing, clock, meters);
    }

    @Bean(destroyMethod = "close")
    LiveSockets liveSockets(KeptVideos videos, Standing standing, Clock clock, MeterRegistry meters) {
        return new LiveSockets(videos, standing, clock, meters);
    }

    /** Video cannot be compressed once more, so that is not agreed upon. */
    @Bean
    WebSocketConfigurer liveSocketMapping(LiveSockets sockets) {
        var plain = new DefaultHandshakeHandler() {
            @Override
            protected List<WebSocketExtension> filterRequestedExtensions(
                    ServerHttpRequest request, List<WebSocketExtension> wanted, List<WebSocketExtension> supported) {
                return List.of();
            }
        };
        return registry ->
                registry.addHandler(sockets, "/api/v1/ws/cameras/*/live").setHandshakeHandler(plain);
    }

    /** Only pages of this very host and port may open it; programs send no Origin. */
    @Bean
    WebSocketConfigurer eventSocketMapping(EventSockets sockets) {
        return registry -> {
            if (registry instanceof ServletWebSocketHandlerRegistry mapping) {
                mapping.setOrder(BEFORE_CAMEL);
            }
            registry.addHandler(sockets, "/api/v1/ws/events");
        };
    }

    /** Camel takes all of the prefix, so what Spring answers has to be asked first. */
    @Bean
    static BeanPostProcessor handlersBeforeCamel() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (name.equals("requestMappingHandlerMapping")
                        && bean instanceof RequestMappingHandlerMapping mapping) {
                    mapping.setOrder(BEFORE_CAMEL);
                }
                return bean;
            }
        };
    }

    @Bean
    WebMvcConfigurer callerArgument() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }
}
