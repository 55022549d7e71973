/**
 * The benchmarks behind {@code ./sightline bench}: what this hub costs, measured beside the raw limit in the same run.
 *
 * <pre>
 *  BenchPlan ──► Bench ──► P1 PipelineBench   P2, P3 HubBench   P5 MotionBench   P6 CamerasBench
 *                 │        python PythonBench   memory MemoryBench
 *                 └──► Figure: ours, reference, ratio, spread, verdict ──► FigureTable
 * </pre>
 *
 * CPU time carries the verdicts, since wall time on a shared machine moves by a third. One thread; hubs run in processes
 * of their own.
 */
@NullMarked
package io.sightline.hub.bench;

import org.jspecify.annotations.NullMarked;
