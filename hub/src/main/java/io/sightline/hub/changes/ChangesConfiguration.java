package io.sightline.hub.changes;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.launcher.LaunchOptions;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.settings.SettingsLoader;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds what changes sightline.yaml, and lets changes that are made in the file become revisions. */
@Configuration(proxyBeanMethods = false)
class ChangesConfiguration {

    @Bean
    ConfigurationChanges configurationChanges(
            LaunchOptions options, DataFolder data, SettingsFile settings, Clock clock) {
        var parts = new SecretParts(SettingsLoader.secretKeys());
        var changes =
                new ConfigurationChanges(options.config(), settings, new Revisions(data.revisions(), parts, clock));
        changes.seen(settings.current().revision()); // it may have been changed while no hub ran
        settings.listen(change -> changes.seen(change.after().revision()));
        return changes;
    }
}
