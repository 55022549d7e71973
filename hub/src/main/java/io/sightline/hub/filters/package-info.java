/**
 * Filters over events in CEL, the Common Expression Language: {@code event.data.confidence > 0.8}.
 *
 * <pre>
 *  text ── compiled, types checked ──► EventFilter ── event in JSON ──► wanted or not
 * </pre>
 *
 * <p>Any thread. Nothing is lost here: what cannot be looked at is an exception.
 */
@NullMarked
package io.sightline.hub.filters;

import org.jspecify.annotations.NullMarked;
