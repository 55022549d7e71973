package io.sightline.hub.spine;

import java.time.Instant;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;

/** What waits in a queue: what nobody has been given yet, and what a consumer has and has not acknowledged. */
final class WaitingMessages {
    private WaitingMessages() {}

    /** When the oldest message of each kind was sent. */
    static Stream<Instant> oldest(Queue queue) {
        Stream<MessageReference> given =
                queue.getDeliveringMessages().values().stream().flatMap(messages -> messages.stream());
        Stream<MessageReference> later = queue.getScheduledMessages().stream();
        return Stream.concat(Stream.concat(given, later), first(queue))
                .map(message -> Instant.ofEpochMilli(message.getMessage().getTimestamp()));
    }

    /** Messages lie in the order in which they were sent. */
    private static Stream<MessageReference> first(Queue queue) {
        try (var messages = queue.browserIterator()) {
            return messages.hasNext() ? Stream.of(messages.next()) : Stream.empty();
        }
    }
}
