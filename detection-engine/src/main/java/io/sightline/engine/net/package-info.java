/**
 * Connections to cameras: which addresses may be connected to, TLS with pins, logins, and the protocols on top.
 *
 * <pre>
 *  AddressGuard ──► Dialer ──► Wire ──┬─► CameraHttp    pictures over HTTP, redirects and logins
 *  (the resolved     (TCP, TLS)       └─► RtspRelay     RTSP for FFmpeg: TLS, HTTP tunnel, UDP, logins
 *   address is checked, and is the one connected to)
 * </pre>
 *
 * Every connection goes through the {@link io.sightline.engine.net.Dialer}, also those of redirects and of later tries,
 * so that a name that resolves to something else the next time is checked anew. What a camera answers has limits.
 */
@NullMarked
package io.sightline.engine.net;

import org.jspecify.annotations.NullMarked;
