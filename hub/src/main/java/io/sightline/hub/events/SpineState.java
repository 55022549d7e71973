package io.sightline.hub.events;

import io.sightline.hub.status.Integrations;
import io.sightline.processors.SpineListener;

/** Shows a spine that refuses events as OFFLINE. The news of that waits in the background until the spine takes it. */
record SpineState(Integrations integrations) implements SpineListener {
    private static final String SPINE = "spine";

    @Override
    public void refuses(String reason) {
        integrations.offline(SPINE, SPINE, "REFUSES", reason);
    }

    @Override
    public void takes() {
        integrations.online(SPINE, SPINE);
    }
}
