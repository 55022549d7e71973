package io.sightline.hub.spine.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Numbers of events of one sink, or what is added to them.
 *
 * @param accepted beyond what the publisher counts: sent to the sink by an operator, or without a number
 * @param delivered taken by the receiver, each once
 * @param filtered not wanted by the sink's route
 * @param dropped taken away on purpose: over a budget, by an operator, or because a sink asks for each event once only
 * @param died put to the dead letters, as often as that happened
 * @param repeated came again after it was dealt with
 * @param missing did not come where its number should have
 * @param unnumbered of an earlier release: waited without a number when the account was opened, and still do
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Tally(
        long accepted,
        long delivered,
        long filtered,
        long dropped,
        long died,
        long repeated,
        long missing,
        long unnumbered) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    static Tally of(Outcome outcome) {
        return switch (outcome) {
            case DELIVERED -> new Tally(0, 1, 0, 0, 0, 0, 0, 0);
            case FILTERED -> new Tally(0, 0, 1, 0, 0, 0, 0, 0);
            case DEAD -> new Tally(0, 0, 0, 0, 1, 0, 0, 0);
            case LOST -> dropped(1);
        };
    }

    static Tally accepted(long events) {
        return new Tally(events, 0, 0, 0, 0, 0, 0, 0);
    }

    static Tally dropped(long events) {
        return new Tally(0, 0, 0, events, 0, 0, 0, 0);
    }

    static Tally repeat() {
        return new Tally(0, 0, 0, 0, 0, 1, 0, 0);
    }

    static Tally missing(long events) {
        return new Tally(0, 0, 0, 0, 0, 0, events, 0);
    }

    static Tally unnumbered(long events) {
        return new Tally(0, 0, 0, 0, 0, 0, 0, events);
    }

    Tally plus(Tally other) {
        return new Tally(
                accepted + other.accepted,
                delivered + other.delivered,
                filtered + other.filtered,
                dropped + other.dropped,
                died + other.died,
                repeated + other.repeated,
                missing + other.missing,
                unnumbered + other.unnumbered);
    }

    Tally minus(Tally other) {
        return plus(new Tally(
                -other.accepted,
                -other.delivered,
                -other.filtered,
                -other.dropped,
                -other.died,
                -other.repeated,
                -other.missing,
                -other.unnumbered));
    }
}
