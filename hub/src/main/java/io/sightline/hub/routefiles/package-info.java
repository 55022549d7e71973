/**
 * Route files: checked whole, then applied one by one.
 *
 * <pre>
 * *.camel.yaml ──► YAML ──► schema ──► endpoints and languages ──► dry run ──► routes of that file alone
 *                   └─────────┴────────────┴──────────────────────────┴──► problems with lines: nothing changes
 * </pre>
 *
 * <p>At the start a problem stops the hub; while it runs, the routes that are there run on. {@code validate}, the start
 * and the watch use the same check. One thread watches and applies.
 */
@NullMarked
package io.sightline.hub.routefiles;

import org.jspecify.annotations.NullMarked;
