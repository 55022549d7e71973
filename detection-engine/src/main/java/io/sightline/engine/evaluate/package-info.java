/**
 * Scores what was found against ground truth, so that users can judge their own cameras.
 *
 * <pre>
 *  gt.txt ──► Truth ──────────────┐
 *                                 ├─► Evaluation ──► Score: detections (P, R, F1, AP) and tracks (MOTA, IDF1 …)
 *  FrameResult, frame by frame ───┘
 * </pre>
 *
 * Used by one thread; everything is kept in memory, about 100 bytes a box.
 */
@NullMarked
package io.sightline.engine.evaluate;

import org.jspecify.annotations.NullMarked;
