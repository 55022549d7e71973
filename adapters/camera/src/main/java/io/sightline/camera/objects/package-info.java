/**
 * Smart cameras: they send lists of what they see instead of pictures.
 *
 * <pre>
 *  UDP datagram ─► UdpObjects ─► JsonLists ─┐
 *                                           ├─► SentList ─► reader of the camera ─► ObjectList ─► route
 *  CAN frames ───► CanObjects ─► CanLists ──┘
 * </pre>
 *
 * What a camera sends is believed only as far as it makes sense: sizes, numbers and rates are limited, and what is refused
 * is counted. One thread per source.
 */
@NullMarked
package io.sightline.camera.objects;

import org.jspecify.annotations.NullMarked;
