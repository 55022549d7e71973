package io.sightline.hub.spine.accounts;

/**
 * The account of a sink at one moment, in unique events but for the last four.
 *
 * @param accepted events that the spine has acknowledged and that flow to the sink
 * @param delivered taken by the receiver
 * @param filtered not wanted by the sink's route
 * @param dropped taken away on purpose: over a budget, or by an operator
 * @param waiting in its queue, on their way included
 * @param dead in the dead letters
 * @param missing numbers that did not come, as far as the sink saw that itself
 * @param died put to the dead letters, ever
 * @param attempts deliveries begun since the start of the hub
 * @param redeliveries of these, begun again by the broker
 * @param repeated events that came again after they had been dealt with, ever
 */
public record SinkBalance(
        String sink,
        long accepted,
        long delivered,
        long filtered,
        long dropped,
        long waiting,
        long dead,
        long missing,
        long died,
        long attempts,
        long redeliveries,
        long repeated) {
    /** What is accepted and nowhere to be found; 0 where nothing is lost. Below 0: something is there twice. */
    public long difference() {
        return accepted - delivered - filtered - dropped - waiting - dead;
    }
}
