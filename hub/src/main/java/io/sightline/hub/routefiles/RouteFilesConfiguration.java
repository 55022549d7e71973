package io.sightline.hub.routefiles;

import io.sightline.hub.launcher.LaunchOptions;
import io.sightline.hub.status.Integrations;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Loads the route files before Camel starts, and watches them afterwards. */
@Configuration(proxyBeanMethods = false)
class RouteFilesConfiguration {

    @Bean
    RouteFolders routeFolders(LaunchOptions options) {
        return new RouteFolders(options.ownRoutes(), options.routes());
    }

    @Bean(destroyMethod = "close")
    RouteFiles routeFiles(RouteFolders folders, CamelContext context, Integrations integrations) {
        return new RouteFiles(folders, context, integrations);
    }

    @Bean
    CamelContextConfiguration loadRouteFiles(RouteFolders folders, ObjectProvider<RouteFiles> files) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                context.getComponent("kamelet", KameletComponent.class).setLocation(folders.kamelets());
                files.getObject().load();
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                files.getObject().watch();
            }
        };
    }
}
