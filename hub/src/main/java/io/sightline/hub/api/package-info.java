/**
 * REST, live pictures and live events, as {@code routes/api/openapi.yaml} says.
 *
 * <pre>
 *  request ─► Camel route named as the operation ─► …Operations bean ─► JSON
 *  request ─► Spring handler: login, documents, JPEG, MJPEG ─► bytes, without a waiting thread
 *  WebSocket ─► EventSockets ─► one batch at a time from the store
 * </pre>
 *
 * Viewers may lose pictures, which is counted; events are read from the store, so that none is lost.
 */
@NullMarked
package io.sightline.hub.api;

import org.jspecify.annotations.NullMarked;
