/**
 * What every HTTP request passes, on both ports, before it reaches a handler or a route.
 *
 * <pre>
 *  request ─► CallerFilter (who?) ─► SessionCsrf ─► Rights (may?) ─► RequestLimits ─► handler or route
 *                    └── wrong ──────────┴────────────┴──────────────┴─► Problem, application/problem+json
 * </pre>
 */
@NullMarked
package io.sightline.hub.http;

import org.jspecify.annotations.NullMarked;
