package io.sightline.hub.sinks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** The steps that only the routes of configured sinks have. Each runs on the thread of its sink. */
final class SinkSteps {
    private final Sinks sinks;
    private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();

    SinkSteps(Sinks sinks) {
        this.sinks = sinks;
    }

    /** Makes of an event what leaves: its bytes, or those of its data, and the headers that may leave, and no others. */
    void format(Exchange exchange) {
        Sinks.Running sink = sinks.of(exchange.getFromRouteId())
                .orElseThrow(() -> new IllegalStateException("route " + exchange.getFromRouteId() + " is of no sink"));
        Message message = exchange.getMessage();
        EventHead event = EventHead.of(message.getBody(byte[].class));
        message.removeHeaders("*");
        message.setBody(sink.settings().format().equals("data") ? event.data() : event.event());
        sink.kind().label(message, event, sink.settings());
    }

    /**
     * Instead of another try, where a sink is to have each event at most once.
     *
     * @return whether the event is lost; not where it is among the dead letters
     */
    boolean giveUp(Exchange exchange, Processor retryOrDeadLetter) {
        try {
            retryOrDeadLetter.process(exchange); // tells the state
            return false;
        } catch (Exception expected) {
            lost.computeIfAbsent(exchange.getFromRouteId(), id -> new LongAdder())
                    .increment();
            return true;
        }
    }

    /** The same of all sinks. */
    long lost() {
        return lost.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Events that a sink with {@code at-most-once} could not deliver since the start. */
    long lost(String id) {
        LongAdder count = lost.get(Sinks.routeId(id));
        return count == null ? 0 : count.sum();
    }
}
