package io.sightline.hub.routefiles;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Puts the routes of one file into the context and takes them out again, with what Camel made for them. */
final class AppliedRoutes {
    private static final int STOP_SECONDS = 5;
    private static final int MAX_DEPTH = 5;

    private final CamelContext context;
    private final Model model;

    AppliedRoutes(CamelContext context) {
        this.context = context;
        this.model = ((ModelCamelContext) context);
    }

    /** Adds the routes; they start where the context runs. */
    void add(RouteFile file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString(location(file), file.yaml().text()));
    }

    /** Removes routes, Kamelets' routes, REST services and templates of the file; exchanges on their way get 5 s. */
    void remove(RouteFile file) throws Exception {
        for (String id : rests(file)) {
            removeRoute(id);
        }
        for (String id : file.routes().keySet()) {
            Set<String> children = children(id, MAX_DEPTH);
            Set<String> sources = children(id, 1);
            sources.removeIf(child -> !feeds(child, id));
            for (String source : sources) {
                removeRoute(source); // what feeds a route stops first, or else it would wait for the route
            }
            removeRoute(id);
            for (String child : children) {
                removeRoute(child);
            }
        }
        for (String template : file.templates().keySet()) {
            if (model.getRouteTemplateDefinition(template) != null) {
                model.removeRouteTemplateDefinition(model.getRouteTemplateDefinition(template));
            }
        }
        model.getRestDefinitions()
                .removeIf(rest -> rest.getResource() != null
                        && Objects.equals(rest.getResource().getLocation(), location(file)));
    }

    private List<String> rests(RouteFile file) {
        return context.getRoutes().stream()
                .filter(route -> route.isCreatedByRestDsl()
                        && route.getSourceResource() != null
                        && Objects.equals(route.getSourceResource().getLocation(), location(file)))
                .map(Route::getId)
                .toList();
    }

    private Set<String> children(String parent, int depth) {
        var children = new LinkedHashSet<String>();
        if (depth == 0) {
            return children;
        }
        for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
            boolean child = Boolean.TRUE.equals(route.isKamelet())
                    && route.getTemplateParameters() != null
                    && parent.equals(route.getTemplateParameters().get("parentRouteId"));
            if (child) {
                children.add(route.getId());
                children.addAll(children(route.getId(), depth - 1));
            }
        }
        return children;
    }

    private boolean feeds(String child, String parent) {
        RouteDefinition route = model.getRouteDefinition(parent);
        RouteDefinition kamelet = model.getRouteDefinition(child);
        if (route == null || kamelet == null || route.getInput() == null) {
            return false;
        }
        String uri = String.valueOf(route.getInput().getEndpointUri());
        return uri.startsWith("kamelet:" + kamelet.getTemplateParameters().get("templateId"));
    }

    private void removeRoute(String id) throws Exception {
        if (context.getRoute(id) != null) {
            context.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS);
            context.removeRoute(id);
        }
        RouteDefinition left = model.getRouteDefinition(id);
        if (left != null) {
            model.removeRouteDefinition(left);
        }
    }

    private static String location(RouteFile file) {
        return "file:" + file.yaml().path();
    }
}
