package io.sightline.hub.spine;

import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** The hub's own connections; wrapped, so that no other component takes the factory inside from the registry. */
record SpineConnections(JmsPoolConnectionFactory pool) {

    void start() {
        pool.start();
    }

    void stop() {
        pool.stop();
    }
}
