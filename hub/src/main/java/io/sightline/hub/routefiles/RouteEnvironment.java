package io.sightline.hub.routefiles;

import java.util.Optional;

/** What routes find around them: asked, never called, so that a check touches nothing that runs. */
interface RouteEnvironment {
    /** Class of the bean of that name. */
    Optional<Class<?>> bean(String name);

    /** Value of a {@code {{placeholder}}}. */
    Optional<String> property(String key);
}
