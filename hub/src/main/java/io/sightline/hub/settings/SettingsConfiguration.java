package io.sightline.hub.settings;

import io.sightline.hub.launcher.LaunchOptions;
import io.sightline.hub.status.Integrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

/** Follows the settings file from the moment that everything which listens is there. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean(destroyMethod = "close")
    SettingsFile settingsFile(LaunchOptions options, SightlineSettings settings, Integrations integrations) {
        return new SettingsFile(options.config(), settings, integrations);
    }

    @Bean
    Starter settingsFileStarter(SettingsFile file) {
        return new Starter(file);
    }

    /** Starts the watch once; a management context of its own refreshes a second time. */
    static final class Starter {
        private final SettingsFile file;
        private boolean started;

        Starter(SettingsFile file) {
            this.file = file;
        }

        @EventListener(ContextRefreshedEvent.class)
        synchronized void start() {
            if (!started) {
                started = true;
                file.start();
            }
        }
    }
}
