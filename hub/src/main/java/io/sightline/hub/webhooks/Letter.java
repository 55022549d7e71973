package io.sightline.hub.webhooks;

import java.nio.charset.StandardCharsets;

/**
 * An event on its way out.
 *
 * @param id of the event
 * @param body its bytes, sent unchanged
 * @param replay whether it is sent once more because somebody asked for that
 */
record Letter(String id, byte[] body, boolean replay) {
    /** The same as text: events are UTF-8. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
