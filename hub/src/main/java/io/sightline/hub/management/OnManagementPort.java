package io.sightline.hub.management;

import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** For the web server of the management port only: the scan for components finds such classes for the main port too. */
final class OnManagementPort implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return context.getResourceLoader() instanceof WebServerApplicationContext web
                && "management".equals(web.getServerNamespace());
    }
}
