package io.sightline.hub.spine;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.security.HubUsers;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.status.Integrations;
import java.time.Clock;
import org.apache.camel.component.jms.JmsComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the spine before Camel, which needs its component, and stops it after. */
@Configuration(proxyBeanMethods = false)
class SpineConfiguration {

    @Bean(destroyMethod = "close")
    SpineServer spineServer(DataFolder data, SightlineSettings settings, ObjectProvider<HubUsers> users, Clock clock) {
        var server = new SpineServer(data, settings.ports(), users.getIfAvailable(NobodyLogsIn::new), clock);
        server.start(settings.ports());
        return server;
    }

    @Bean
    SpinePorts spinePorts(SpineServer server) {
        return server.ports();
    }

    /** Named so because {@code spine} is the component. */
    @Bean
    Spine spineAddresses(SpineServer server, SightlineSettings settings, Integrations integrations) {
        var spine = new Spine(server.broker());
        settings.cameras().keySet().forEach(spine::ensureCamera);
        integrations.online("spine", "spine");
        return spine;
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    SpineConnections spineConnections(SpineServer server) {
        return new SpineConnections(SpineComponents.connections(server));
    }

    @Bean
    JmsComponent spine(SpineConnections connections, Spine addresses) {
        return SpineComponents.component(connections.pool());
    }
}
