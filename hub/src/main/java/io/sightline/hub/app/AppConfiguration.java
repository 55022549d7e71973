package io.sightline.hub.app;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.launcher.StopSignal;
import io.sightline.hub.settings.PortSettings;
import io.sightline.hub.spine.SpinePorts;
import io.sightline.hub.status.Integrations;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every part of the hub needs. */
@Configuration(proxyBeanMethods = false)
class AppConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Integrations integrations(Clock clock) {
        return new Integrations(clock);
    }

    @Bean
    StopSignal stopSignal() {
        return new StopSignal();
    }

    @Bean
    Ready ready(DataFolder data, PortSettings ports, SpinePorts spine, StopSignal stop) {
        return new Ready(data, ports, spine, stop);
    }
}
