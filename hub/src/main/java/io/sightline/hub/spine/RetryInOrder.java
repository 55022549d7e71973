package io.sightline.hub.spine;

import io.sightline.hub.status.Integrations;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
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

    private final DeadLetters deadLetters;
    private final Integrations integrations;
    private final SinkLimits limits;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    RetryInOrder(DeadLetters deadLetters, Integrations integrations) {
        this(deadLetters, integrations, new SinkLimits());
    }

    RetryInOrder(DeadLetters deadLetters, Integrations integrations, SinkLimits limits) {
        this.limits = limits;
        this.deadLetters = deadLetters;
        this.integrations = integrations;
    }

    /** First step of a sink's route: waits if this event has just failed. Ends at once when the route stops. */
    void pause(Exchange exchange) throws InterruptedException {
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

    /** Last step where all went well. */
    void succeeded(Exchange exchange) {
        if (failing.remove(exchange.getFromRouteId()) != null) {
            integrations.online("sink", sink(exchange));
        }
    }

    /**
     * What to do with an event whose delivery failed.
     *
     * @throws RetryLaterException to have it again
     */
    void failed(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        boolean outage = Failures.isOutage(failure) || !isStarted(exchange);
        Failing now = failing.merge(
                exchange.getFromRouteId(),
                new Failing(message(exchange), 1, outage ? 0 : 1),
                (before, first) -> before.message().equals(first.message()) ? before.again(outage) : first);
        report(exchange, failure, now);
        if (now.rejections() < limits.of(sink(exchange)).retry().attempts() && !Failures.isUnreadable(failure)) {
            throw new RetryLaterException(Failures.reason(failure), failure);
        }
        deadLetters.add(
                exchange.getMessage().getBody(byte[].class), queue(exchange), Failures.reason(failure), now.failures());
        failing.remove(exchange.getFromRouteId());
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
        return exchange.getMessage().getHeader("JMSMessageID", "", String.class);
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
    private record Failing(String message, int failures, int rejections) {
        Failing again(boolean outage) {
            return new Failing(message, failures + 1, rejections + (outage ? 0 : 1));
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
