package io.sightline.hub.discovery;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One search for all who ask. */
@Configuration(proxyBeanMethods = false)
class DiscoveryConfiguration {
    @Bean
    CameraDiscovery cameraDiscovery() {
        return new CameraDiscovery();
    }
}
