package io.sightline.hub.routefiles;

import io.sightline.hub.files.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * What routes will find around them, read without starting anything: beans as the hub's configuration classes declare
 * them, placeholders from the environment, the system's properties and application.yaml.
 */
final class OfflineEnvironment implements RouteEnvironment {
    private static final String CODE = "io.sightline.hub";

    private final Map<String, String> beans = new HashMap<>();
    private final Properties properties = new Properties();

    OfflineEnvironment(Path configFolder) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Configuration.class));
        scanner.findCandidateComponents(CODE).stream()
                .filter(AnnotatedBeanDefinition.class::isInstance)
                .flatMap(found -> ((AnnotatedBeanDefinition) found)
                        .getMetadata().getAnnotatedMethods(Bean.class.getName()).stream())
                .forEach(this::declare);
        var yaml = new YamlPropertiesFactoryBean();
        Path own = configFolder.resolve("application.yaml");
        yaml.setResources(new ClassPathResource("application.yaml"));
        if (Files.isRegularFile(own) && YamlFile.syntax(own).isEmpty()) {
            yaml.setResources(new ClassPathResource("application.yaml"), new FileSystemResource(own));
        }
        properties.putAll(Optional.ofNullable(yaml.getObject()).orElseGet(Properties::new));
    }

    private void declare(MethodMetadata method) {
        Map<String, Object> bean = method.getAnnotationAttributes(Bean.class.getName());
        Object given = bean == null ? null : bean.get("name");
        String[] names =
                given instanceof String[] some && some.length > 0 ? some : new String[] {method.getMethodName()};
        for (String name : names) {
            beans.put(name, method.getReturnTypeName());
        }
    }

    @Override
    public Optional<Class<?>> bean(String name) {
        return Optional.ofNullable(beans.get(name)).map(type -> ClassUtils.resolveClassName(type, null));
    }

    @Override
    public Optional<String> property(String key) {
        // Known while the hub runs only; any text will do for a check.
        String known = key.startsWith("sightline.") ? "0" : null;
        return Optional.ofNullable(System.getProperty(key))
                .or(() -> Optional.ofNullable(System.getenv(key)))
                .or(() -> Optional.ofNullable(properties.getProperty(key, known)));
    }
}
