package io.sightline.hub.webhooks;

import java.io.IOException;

/** Nothing the receiver did: the event is not sent now and stays in its queue. */
final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    StoppedException(String reason) {
        super(reason);
    }
}
