package io.sightline.hub.routefiles;

import java.util.Set;

/**
 * Told when route templates were replaced while the hub runs. Whoever made routes from them in Java makes them anew;
 * routes that files made from them have been made anew already. Called on the thread of the watch.
 */
@FunctionalInterface
public interface TemplateListener {
    void replaced(Set<String> templates);
}
