/**
 * Finds cameras that could be added.
 *
 * <pre>
 *  CameraDiscovery ──┬─► UsbCameras (engine)                    what is plugged in
 *                    └─► OnvifProbe ─► network ─► ProbeMatches   WS-Discovery, multicast
 * </pre>
 *
 * Whatever answers on the network is a stranger: answers are limited in size and number, and their words are shown, never
 * followed.
 */
@NullMarked
package io.sightline.hub.discovery;

import org.jspecify.annotations.NullMarked;
