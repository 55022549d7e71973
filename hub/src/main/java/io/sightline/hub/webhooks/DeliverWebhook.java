package io.sightline.hub.webhooks;

import io.sightline.hub.spine.Replays;
import io.sightline.hub.webhooks.Attempt.End;
import io.sightline.processors.SightlineHeaders;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.service.ServiceHelper;

/**
 * The step {@code deliverWebhook}: sends the event in the body to the endpoint that the property {@code webhook} names,
 * and returns once that has it, or does not want it. What it throws tells {@code retryOrDeadLetter} whether the receiver
 * is away or rejects. Each method runs on the consumer thread of the endpoint.
 */
final class DeliverWebhook implements Processor {
    private static final String DELIVERIES = "JMSXDeliveryCount";

    private final Webhooks webhooks;
    private final DeliveryLog log;
    private final Clock clock;

    DeliverWebhook(Webhooks webhooks, DeliveryLog log, Clock clock) {
        this.webhooks = webhooks;
        this.log = log;
        this.clock = clock;
    }

    /** One event on its way. @param number of the attempt, from 1 */
    private record Task(Endpoint endpoint, Letter letter, String type, int number) {
        Attempt ended(Instant at, End end) {
            return new Attempt(endpoint.webhook().id(), letter.id(), type, number, letter.replay(), at, end);
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        String id = exchange.getProperty("webhook", "", String.class);
        Endpoint endpoint = webhooks.endpoint(id)
                .orElseThrow(() -> new StoppedException("webhook " + id + " is not registered (any more)"));
        byte[] body = exchange.getMessage().getBody(byte[].class);
        EventView event = EventView.of(body);
        boolean replay = Replays.isReplay(exchange);
        if (!replay && !endpoint.webhook().settings().wants(event)) {
            endpoint.countFiltered();
            exchange.setProperty(SightlineHeaders.TAKEN, false);
            return;
        }
        BooleanSupplier goOn = () -> isStarted(exchange);
        endpoint.await(goOn);
        int number = exchange.getMessage().getHeader(DELIVERIES, 1, Integer.class);
        deliver(new Task(endpoint, new Letter(event.id(), body, replay), event.type(), number), goOn);
    }

    private void deliver(Task task, BooleanSupplier goOn) throws IOException, HttpOperationFailedException {
        Instant at = clock.instant();
        long start = System.nanoTime();
        try {
            WebhookClient.Answer answer = task.endpoint().post(task.letter(), goOn);
            record(task, at, End.of(answer, took(start)));
            judge(task.endpoint(), answer.status());
        } catch (StoppedException | AnsweredException e) {
            throw e;
        } catch (IOException e) {
            record(task, at, End.of(e, took(start)));
            throw e;
        }
    }

    private void record(Task task, Instant at, End end) {
        task.endpoint().count(end.outcome());
        log.add(task.ended(at, end));
    }

    /** Which exception it throws decides whether this is an outage. */
    private void judge(Endpoint endpoint, int status) throws AnsweredException, HttpOperationFailedException {
        switch (Attempt.Outcome.of(status)) {
            case DELIVERED -> {}
            case GONE -> {
                endpoint.shut();
                webhooks.gone(endpoint.webhook().id());
                throw new AnsweredException(
                        "answered 410 Gone: the endpoint is disabled, its events stay in its queue");
            }
            case REJECTED -> {
                String place =
                        WebhookAddress.of(endpoint.webhook().settings().url()).toString();
                throw new HttpOperationFailedException(place, status, "", null, Map.of(), "");
            }
            default ->
                throw new AnsweredException("answered " + status
                        + (status < 400
                                ? ": redirects are not followed; give the endpoint the address where it is"
                                : ""));
        }
    }

    /** An answer that may be another one later. */
    private static final class AnsweredException extends IOException {
        private static final long serialVersionUID = 1L;

        AnsweredException(String message) {
            super(message);
        }
    }

    private static Duration took(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean isStarted(Exchange exchange) {
        Route route = exchange.getContext().getRoute(exchange.getFromRouteId());
        return route != null && !exchange.getContext().isStopping() && ServiceHelper.isStarted(route.getConsumer());
    }
}
