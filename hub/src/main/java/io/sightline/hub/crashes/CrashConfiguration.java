package io.sightline.hub.crashes;

import io.sightline.hub.data.DataFolder;
import java.io.IOException;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes in the reports of crashes before any camera is connected. */
@Configuration(proxyBeanMethods = false)
class CrashConfiguration {

    @Bean(destroyMethod = "close")
    Quarantine quarantine(DataFolder data, Clock clock) throws IOException {
        return Quarantine.open(data.crashes(), clock, Integer.getInteger("sightline.unexplained-crashes", 0));
    }
}
