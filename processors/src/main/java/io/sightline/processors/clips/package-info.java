/**
 * Clips: the seconds before, during and after a detection, as the camera sent them.
 *
 * <pre>
 *  reader ──packets──► KeptVideo (PacketRing) ──► ClipRecorder (one thread for all cameras) ──► ClipFolder
 *  pipeline ──begin, end──────────────────────────────────▲  which clip shows it, and until when
 * </pre>
 *
 * <p>A camera writes one clip at a time. A detection that begins while one is being written is shown by that clip, which
 * goes on until the last of its detections has ended and the time after it is over, or it is as long as a clip may be; the
 * next detection then begins the next clip. Neither reader nor pipeline ever waits for the disk: what the writer cannot
 * take in time the ring loses, and that is counted.
 */
@NullMarked
package io.sightline.processors.clips;

import org.jspecify.annotations.NullMarked;
