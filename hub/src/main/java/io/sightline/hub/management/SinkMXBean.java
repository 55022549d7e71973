package io.sightline.hub.management;

/** One sink as Hawtio and JMX show it: {@code io.sightline:type=sinks,name="…"}. The words are those of REST. */
public interface SinkMXBean {
    String getState();

    String getReason();

    long getAccepted();

    long getDelivered();

    long getFiltered();

    long getDropped();

    long getWaiting();

    long getDead();

    /** Accepted less all the others; 0 where nothing is lost. */
    long getDifference();

    long getMissing();

    long getAttempts();

    long getRedeliveries();

    long getRepeated();

    double getOldestWaitingSeconds();
}
