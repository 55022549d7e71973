package io.sightline.hub.routefiles;

import jakarta.jms.ConnectionFactory;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Processor;
import org.apache.camel.Service;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.objenesis.SpringObjenesis;

/**
 * Beans for a dry run: objects of the right class that nobody constructed and that do nothing, because a dry run may
 * initialise and stop what it is given. Components are new ones of the same class.
 */
final class StandIns implements BeanRepository {
    private static final SpringObjenesis OBJENESIS = new SpringObjenesis();

    private final RouteEnvironment environment;

    StandIns(RouteEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable Object lookupByName(String name) {
        return environment.bean(name).map(StandIns::standIn).orElse(null);
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        Optional<Class<?>> bean = environment.bean(name);
        if (bean.isEmpty() || !type.isAssignableFrom(bean.get())) {
            return null;
        }
        Object standIn = standIn(bean.get());
        return type.isInstance(standIn) ? type.cast(standIn) : null;
    }

    private static @Nullable Object standIn(Class<?> bean) {
        if (CamelContext.class.isAssignableFrom(bean) || Language.class.isAssignableFrom(bean)) {
            return null;
        } else if (Component.class.isAssignableFrom(bean)) {
            return component(bean);
        } else if (bean == Processor.class || Processor.class.isAssignableFrom(bean)) {
            return (Processor) exchange -> {};
        } else if (bean.isInterface()) {
            return Proxy.newProxyInstance(
                    bean.getClassLoader(), new Class<?>[] {bean}, (proxy, method, arguments) -> null);
        } else if (Modifier.isAbstract(bean.getModifiers()) || Service.class.isAssignableFrom(bean)) {
            return new Object(); // there is such a bean; more cannot be said without running it
        }
        return OBJENESIS.newInstance(bean, false);
    }

    private static @Nullable Object component(Class<?> type) {
        try {
            Object made = type.getDeclaredConstructor().newInstance();
            if (made instanceof JmsComponent jms) {
                jms.setConnectionFactory((ConnectionFactory) standIn(ConnectionFactory.class)); // it asks for one
            }
            return made;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }
}
