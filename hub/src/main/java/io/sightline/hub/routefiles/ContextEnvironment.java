package io.sightline.hub.routefiles;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.springframework.util.ClassUtils;

/** What surrounds the routes of a running context. */
record ContextEnvironment(CamelContext context) implements RouteEnvironment {
    @Override
    public Optional<Class<?>> bean(String name) {
        Object bean = context.getRegistry().lookupByName(name);
        return Optional.ofNullable(bean == null ? context.hasComponent(name) : bean)
                .map(ClassUtils::getUserClass);
    }

    @Override
    public Optional<String> property(String key) {
        return context.getPropertiesComponent().resolveProperty(key);
    }
}
