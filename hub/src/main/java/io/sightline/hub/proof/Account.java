package io.sightline.hub.proof;

/**
 * What a ledger says of one receiver.
 *
 * @param acknowledged events that the publisher was told are safe
 * @param arrived different events that the receiver got; may be more, since a kill can come between commit and answer
 * @param lost acknowledged and not arrived
 * @param repeats arrivals of an event that had arrived, with the same id
 * @param strangers arrivals under a number that had arrived with another id
 * @param gaps numbers of a source and start that are missing below the highest that arrived
 * @param inversions events that arrived for the first time after a later one of their source
 */
record Account(
        String receiver,
        long acknowledged,
        long arrived,
        long lost,
        long repeats,
        long strangers,
        long gaps,
        long inversions) {

    boolean isClean() {
        return lost == 0 && strangers == 0 && gaps == 0 && inversions == 0;
    }

    @Override
    public String toString() {
        return receiver + ": acknowledged " + acknowledged + ", arrived " + arrived + ", lost " + lost
                + ", duplicates with the same id " + repeats + ", duplicates without " + strangers + ", gaps " + gaps
                + ", inversions " + inversions;
    }
}
