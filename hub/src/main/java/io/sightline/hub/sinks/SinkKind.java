package io.sightline.hub.sinks;

import java.util.List;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Message;

/** What the hub knows of one kind of receiver. Implementations have no state. */
interface SinkKind {
    /** Schemes of its addresses. */
    Set<String> schemes();

    /** An address that is right, for people. */
    String example();

    /** Whether the key {@code server} is needed, may be, or has no meaning. */
    Server server();

    /** What the receiver lets the hub keep, with these settings. */
    Set<Guarantee> guarantees(SinkSettings sink, SinkAddress address);

    /** What is wrong with the settings besides, by key. */
    default List<SinkRules.Problem> problems(SinkSettings sink, SinkAddress address) {
        return List.of();
    }

    /** Options that the hub sets: another value in the address is refused. */
    default Set<String> ownOptions(SinkSettings sink) {
        return Set.of();
    }

    /** Whether the options of the address are those of Camel's component, which its catalogue knows. */
    default boolean isCamels() {
        return true;
    }

    /**
     * Makes the endpoint; connects nothing yet.
     *
     * @throws Exception if it cannot be made; whoever called closes the opening
     */
    Endpoint open(Opening opening) throws Exception;

    /** Sets what leaves beside the bytes, on a message without any header. */
    void label(Message message, EventHead event, SinkSettings sink);

    /** Of the key {@code server}. */
    enum Server {
        NEEDED,
        ALLOWED,
        NONE
    }
}
