package io.sightline.hub.spine.accounts;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The queues of the sinks, as accounts need to know them. Any thread. */
public interface SinkQueues {
    /** Names of all sinks that have a queue, used or not. */
    Set<String> sinks();

    /** Words of the kinds that flow to a sink now. */
    Set<String> kinds(String sink);

    /** Messages in its queue, those on their way to the receiver included. */
    long waiting(String sink);

    /** Looks at each message in a sink's queue, in order; empty where it has no number. Takes as long as reading them. */
    void each(String sink, Consumer<Optional<EventNumber>> look);

    /** Dead letters by the sink they belong to. */
    Map<String, Long> dead();
}
