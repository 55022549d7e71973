package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.Accounts;
import io.sightline.hub.spine.accounts.Outcome;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.SightlineHeaders;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a failed event on again before any later one: the one consumer thread of a sink waits, longer each time, and the
 * broker gives the same event back. An outage is retried without end; what is rejected too often goes to
 * the dead letters in the transaction that takes it off its queue. Each method runs on the consumer thread.
 */
final class RetryInOrder {
    /** How often an event is tried that the receiver rejects. */
    static final int ATTEMPTS = SinkLimits.USUAL.retry().attempts();

    private static final Logger LOG = LoggerFactory.getLogger(RetryInOrder.class);
    private static final long LOOK_MILLIS = 50;

    /** Property of an exchange: how it came. */
    private static final String ARRIVAL = "SightlineArrival";

    private final DeadLetters deadLetters;
    private final Accounts accounts;
    private final Integrations integrations;
    private final SinkLimits limits;
    private final Clock clock;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    RetryInOrder(DeadLetters deadLetters, Accounts accounts, Surroundings surroundings) {
        this.deadLetters = deadLetters;
        this.accounts = accounts;
        this.integrations = surroundings.integrations();
        this.limits = surroundings.limits();
        this.clock = surroundings.clock();
    }

    /** What the tries depend on beside the events. */
    record Surroundings(Integrations integrations, SinkLimits limits, Clock clock) {}

    /** First step of a sink's route: waits if this event has just failed. Ends at once when the route stops. */
    void pause(Exchange exchange) throws InterruptedException, JMSException {
        Arrival arrival = arrival(exchange);
        accounts.begins(sink(exchange), arrival.event(), arrival.again());
        Failing before = failing.get(exchange.getFromRouteId());
        if (before == null || !before.message().equals(message(exchange))) {
            return;
        }
        long until = System.nanoTime() + pause(exchange, before.failures()).toNanos();
        while (System.nanoTime() < until) {
            if (!isStarted(exchange)) {
                throw new RetryLaterException("the route stops; the event stays in its queue");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Step of a route that does not want an event: it counts as filtered then, not as delivered. */
    void filtered(Exchange exchange) {
        exchange.setProperty(SightlineHeaders.TAKEN, false);
    }

    /** Last step where all went well. */
    void succeeded(Exchange exchange) {
        boolean wanted = exchange.getProperty(SightlineHeaders.TAKEN, true, Boolean.class);
        dealtWith(exchange, wanted ? Outcome.DELIVERED : Outcome.FILTERED);
        if (failing.remove(exchange.getFromRouteId()) != null) {
            String sink = sink(exchange);
            accounts.gap(sink)
                    .ifPresentOrElse(missing -> missing(sink, missing), () -> integrations.online("sink", sink));
        }
    }

    /** Instead of another try: the event is gone on purpose, and its sink says so. */
    void lost(Exchange exchange) throws JMSException {
        dealtWith(exchange, Outcome.LOST);
    }

    /** In the transaction that takes the event off its queue. */
    private void dealtWith(Exchange exchange, Outcome outcome) {
        String sink = sink(exchange);
        accounts.handled(sink, arrival(exchange).event(), outcome).ifPresent(missing -> {
            LOG.atError()
                    .addKeyValue("sink", sink)
                    .addKeyValue("missing", missing)
                    .log("events did not come to a sink that others after them came to");
            missing(sink, missing);
        });
    }

    private void missing(String sink, String missing) {
        integrations.degraded(
                "sink",
                sink,
                "EVENTS_MISSING",
                "did not get " + missing + "; look for them in the store or other sinks");
    }

    /**
     * What to do with an event whose delivery failed.
     *
     * @throws RetryLaterException to have it again
     */
    void failed(Exchange exchange) throws JMSException {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        boolean outage = Failures.isOutage(failure) || !isStarted(exchange);
        Failing now = failing.merge(
                exchange.getFromRouteId(),
                new Failing(message(exchange), 1, outage ? 0 : 1, clock.instant()),
                (before, first) -> before.message().equals(first.message()) ? before.again(outage) : first);
        report(exchange, failure, now);
        if (now.rejections() < limits.of(sink(exchange)).retry().attempts() && !Failures.isUnreadable(failure)) {
            throw new RetryLaterException(Failures.reason(failure), failure);
        }
        giveUp(exchange, Failures.reason(failure), now);
        failing.remove(exchange.getFromRouteId());
    }

    /** An event that was dealt with before needs no letter. */
    private void giveUp(Exchange exchange, String cause, Failing now) throws JMSException {
        Arrival arrival = arrival(exchange);
        if (!accounts.repeats(sink(exchange), arrival.event())) {
            deadLetters.add(new RejectedEvent(
                    arrival.bytes(),
                    queue(exchange),
                    cause,
                    arrival.attempts() + now.failures(),
                    arrival.first().orElse(now.first()),
                    arrival.event().number()));
        }
        dealtWith(exchange, Outcome.DEAD);
    }

    private void report(Exchange exchange, Throwable failure, Failing now) {
        String reason = Failures.reason(failure);
        if (now.rejections() == 0) {
            integrations.offline("sink", sink(exchange), "UNREACHABLE", reason);
        } else {
            integrations.degraded("sink", sink(exchange), "REJECTED", reason);
        }
        LOG.atDebug()
                .addKeyValue("routeId", exchange.getFromRouteId())
                .addKeyValue("failures", now.failures())
                .addKeyValue("reason", reason)
                .log("could not deliver an event");
    }

    private Duration pause(Exchange exchange, int failures) {
        return limits.of(sink(exchange))
                .retry()
                .pause(failures, ThreadLocalRandom.current().nextDouble());
    }

    private static boolean isStarted(Exchange exchange) {
        Route route = exchange.getContext().getRoute(exchange.getFromRouteId());
        return route != null && !exchange.getContext().isStopping() && ServiceHelper.isStarted(route.getConsumer());
    }

    private static String message(Exchange exchange) {
        return arrival(exchange).event().messageId();
    }

    /** As the event came out of its queue, whatever the route makes of it. */
    private static Arrival arrival(Exchange exchange) {
        Arrival known = exchange.getProperty(ARRIVAL, Arrival.class);
        if (known != null) {
            return known;
        }
        try {
            Arrival arrival = exchange.getMessage() instanceof JmsMessage jms && jms.getJmsMessage() != null
                    ? Arrival.of(jms.getJmsMessage())
                    : Arrival.unknown(exchange.getMessage().getBody(byte[].class));
            exchange.setProperty(ARRIVAL, arrival);
            return arrival;
        } catch (JMSException e) {
            throw new RetryLaterException("the event cannot be read from its queue", e);
        }
    }

    private static String queue(Exchange exchange) {
        String uri = exchange.getFromEndpoint().getEndpointUri();
        int start = uri.indexOf(Spine.SINKS);
        int end = uri.indexOf('?');
        return uri.substring(start, end < 0 ? uri.length() : end);
    }

    private static String sink(Exchange exchange) {
        return queue(exchange).substring(Spine.SINKS.length());
    }

    /** @param rejections failures that were no outage */
    private record Failing(String message, int failures, int rejections, Instant first) {
        Failing again(boolean outage) {
            return new Failing(message, failures + 1, rejections + (outage ? 0 : 1), first);
        }
    }

    /** Rolls the event back into its queue. */
    static final class RetryLaterException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RetryLaterException(String message) {
            super(message);
        }

        RetryLaterException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
