package io.sightline.hub.spine;

import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * The hub's own connections; wrapped, so that no other component takes a factory inside from the registry.
 *
 * @param pool of those who take events off queues: what they write belongs to that, and is never held up
 * @param senders of those who put new events on the spine: a full disk holds them up
 */
record SpineConnections(JmsPoolConnectionFactory pool, JmsPoolConnectionFactory senders) {

    void start() {
        pool.start();
        senders.start();
    }

    void stop() {
        senders.stop();
        pool.stop();
    }
}
