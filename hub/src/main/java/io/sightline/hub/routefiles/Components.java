package io.sightline.hub.routefiles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.Component;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;

/** Camel's catalogue with our own components in it, which are found where Camel finds them: on the class path. */
final class Components {
    private static final String SERVICES = "/META-INF/services/org/apache/camel/component/";

    private final CamelCatalog catalog = new DefaultCamelCatalog(true);
    private final RouteEnvironment environment;

    Components(RouteEnvironment environment) {
        this.environment = environment;
    }

    CamelCatalog catalog() {
        return catalog;
    }

    /**
     * The name under which the catalogue knows the component of a scheme: its own, or that of its class where it is a
     * bean with a name of its own.
     */
    Optional<String> known(String scheme) {
        if (catalog.componentJSonSchema(scheme) != null) {
            return Optional.of(scheme);
        }
        Optional<Class<?>> bean = environment
                .bean(scheme)
                .or(() -> environment.bean(scheme + "-component"))
                .filter(Component.class::isAssignableFrom);
        if (bean.isPresent()) {
            return Optional.ofNullable(bean.get().getAnnotation(org.apache.camel.spi.annotations.Component.class))
                    .map(named -> named.value().split(",")[0])
                    .filter(name -> catalog.componentJSonSchema(name) != null);
        }
        return ours(scheme) ? Optional.of(scheme) : Optional.empty();
    }

    /** Whether there is such a component at all. */
    boolean exists(String scheme) {
        return known(scheme).isPresent()
                || environment
                        .bean(scheme)
                        .filter(Component.class::isAssignableFrom)
                        .isPresent();
    }

    private boolean ours(String scheme) {
        if (!scheme.matches("[a-z0-9.+-]+")) {
            return false;
        }
        try (InputStream service = Components.class.getResourceAsStream(SERVICES + scheme)) {
            if (service == null) {
                return false;
            }
            var properties = new Properties();
            properties.load(service);
            String type = properties.getProperty("class", "");
            String json =
                    "/META-INF/" + type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/') + scheme + ".json";
            try (InputStream description = Components.class.getResourceAsStream(json)) {
                if (description != null) {
                    catalog.addComponent(scheme, type, new String(description.readAllBytes(), StandardCharsets.UTF_8));
                }
                return description != null;
            }
        } catch (IOException e) {
            return false;
        }
    }
}
