/**
 * Whether a frame is worth an inference, and where in it something moves.
 *
 * <pre>
 *  Frame ──► SmallPicture ──► Background ──────────► Blobs ──► MotionModel.Seen ──► MotionGate ──► Verdict
 *  luma      about 160x120,   differs from what is   cells     regions, or          + tracks        Look (regions)
 *            blurred          usual, and from a      joined    the light changed    + clock         Skip (reason)
 *                             moment ago?
 *                               ▲        ▲
 *                        LightChange  CameraShift
 * </pre>
 *
 * A gate belongs to one camera and one thread, keeps nothing outside the heap, and allocates only what it hands out.
 * When in doubt it looks: while the picture changes as a whole, while a track lives, and once a minute anyway.
 *
 * <p>Sources. Running-average background: Wren, Azarbayejani, Darrell, Pentland, "Pfinder: Real-Time Tracking of the
 * Human Body", PAMI 1997. Two speeds of learning, so that what came to rest is not taken for motion: Porikli, Ivanov,
 * Haga, "Robust Abandoned Object Detection Using Dual Foregrounds", EURASIP J. Adv. Signal Process. 2008. A level of
 * noise for each place: Manzanera, Richefeu, "A new motion detection algorithm based on sigma-delta background
 * estimation", Pattern Recognition Letters 2007. Shift of the camera: Lucas, Kanade, "An Iterative Image Registration
 * Technique", IJCAI 1981. The habit of gating inference by motion, with a calibration after a jump of the light, is that
 * of the recorder Frigate.
 */
@NullMarked
package io.sightline.engine.motion;

import org.jspecify.annotations.NullMarked;
