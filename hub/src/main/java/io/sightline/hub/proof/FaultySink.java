package io.sightline.hub.proof;

import java.io.IOException;

/** A sink under proof with its receiver: one entry of the matrix. Used by one thread. */
interface FaultySink extends AutoCloseable {
    String name();

    /** Its route, as an engineer writes it, reading signals. */
    String route();

    /**
     * Lets a fault begin.
     *
     * @return false if there is no such fault here; {@link #why} says more
     */
    boolean begin(Fault fault) throws IOException;

    /** Takes the fault away. */
    void end() throws IOException;

    /** Why some faults do not exist here. */
    String why();

    @Override
    void close() throws IOException;
}
