/**
 * Clips on disk: where they lie, how long they stay, and how they are linked.
 *
 * <pre>
 *  ClipRecorder ──► ClipFiles   data/clips/&lt;camera&gt;/&lt;uuid&gt;.part, then .mp4
 *                   ClipRetention   by age, size and free space, never what a sink has to deliver yet
 * </pre>
 */
@NullMarked
package io.sightline.hub.clips;

import org.jspecify.annotations.NullMarked;
