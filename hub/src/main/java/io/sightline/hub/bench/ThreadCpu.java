package io.sightline.hub.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of the calling thread. */
final class ThreadCpu {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS_PER_MILLI = 1e6;

    private ThreadCpu() {}

    /** Something that the calling thread does alone. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** @return milliseconds per unit, of which the task does so many */
    static double millisPer(int units, Task task) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        task.run();
        return (THREADS.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLI / units;
    }
}
