package io.sightline.hub.spine;

import io.sightline.processors.Event.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes the queue of a sink before the route that reads it starts, and tells the spine when that route is gone. Camel
 * asks once for each route; a dry run, which starts nothing, changes nothing.
 */
final class SinkRoutes implements RoutePolicyFactory {
    private static final String ALL = "all";

    private final Spine spine;

    SinkRoutes(Spine spine) {
        this.spine = spine;
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode node) {
        if (!(node instanceof RouteDefinition route) || route.getTemplateParameters() == null) {
            return null;
        }
        Object name = route.getTemplateParameters().get("name");
        Object kind = route.getTemplateParameters().get("kind");
        boolean reads = route.getInput() != null
                && route.getInput().getEndpointUri() != null
                && route.getInput().getEndpointUri().startsWith("spine:queue:" + Spine.SINKS);
        return reads && name != null && kind != null
                ? new SinkRoute(name.toString(), kind.toString(), "route " + routeId)
                : null;
    }

    /** @param words one kind, {@code all}, or several kinds with commas between them */
    static Set<Kind> kinds(String words) {
        return Arrays.stream(words.split(","))
                .flatMap(word -> kind(word.strip()).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    private static Set<Kind> kind(String word) {
        if (word.equals(ALL)) {
            return EnumSet.allOf(Kind.class);
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .map(Set::of)
                .orElseThrow(() -> new IllegalArgumentException("kind '" + word + "' is not known; allowed are "
                        + String.join(
                                ", ",
                                Arrays.stream(Kind.values()).map(Kind::word).toList()) + ", " + ALL));
    }

    private final class SinkRoute extends RoutePolicySupport {
        private final String name;
        private final String kind;
        private final String owner;

        SinkRoute(String name, String kind, String owner) {
            this.name = name;
            this.kind = kind;
            this.owner = owner;
        }

        @Override
        public void onInit(Route route) {
            spine.ensureSink(name, kinds(kind), owner);
        }

        @Override
        public void onRemove(Route route) {
            spine.releaseSink(name, owner);
        }
    }
}
