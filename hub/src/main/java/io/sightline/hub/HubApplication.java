package io.sightline.hub;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.data.DataFolders;
import io.sightline.hub.launcher.LaunchOptions;
import io.sightline.hub.launcher.Ports;
import io.sightline.hub.launcher.UsageException;
import io.sightline.hub.settings.PortSettings;
import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.settings.SightlineSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.JmsAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The hub as one Spring application. Broker, database and users are built by the hub itself, because each has an
 * embedded default and may be away without stopping the start.
 */
@SpringBootApplication(
        exclude = {
            ArtemisAutoConfiguration.class,
            JmsAutoConfiguration.class,
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            JdbcTemplateAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            RabbitAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
public class HubApplication {

    /**
     * Reads the configuration, opens the data folder and starts everything; returns when all of the hub's own parts
     * are up.
     *
     * @throws UsageException if configuration, routes or data folder do not allow a start
     */
    public static ConfigurableApplicationContext start(LaunchOptions options) {
        SightlineSettings settings = SettingsLoader.load(options.config());
        DataFolder data = DataFolders.open(options.data(), settings.hub().id());
        PortSettings ports = Ports.choose(options, settings.ports());
        try {
            return application(options, settings, data, ports).run();
        } catch (RuntimeException e) {
            DataFolders.close(data);
            throw UsageException.in(e).or(() -> Ports.taken(e, ports)).orElseThrow(() -> e);
        }
    }

    private static SpringApplicationBuilder application(
            LaunchOptions options, SightlineSettings settings, DataFolder data, PortSettings ports) {
        return new SpringApplicationBuilder(HubApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties(options, ports, data))
                .initializers(context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean(LaunchOptions.class, () -> options);
                    beans.registerBean(SightlineSettings.class, () -> settings);
                    beans.registerBean(DataFolder.class, () -> data);
                    beans.registerBean(PortSettings.class, () -> ports);
                });
    }

    private static Map<String, Object> properties(LaunchOptions options, PortSettings ports, DataFolder data) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("spring.config.location", "classpath:/,optional:file:" + options.config() + "/");
        properties.put("server.port", ports.http());
        properties.put("server.address", ports.bind());
        properties.put("management.server.port", ports.management());
        properties.put("management.server.address", ports.bind());
        properties.put("sightline.data", data.path().toString());
        return properties;
    }
}
