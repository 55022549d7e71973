package io.sightline.hub.management;

import io.sightline.camera.CameraConstants;
import io.sightline.processors.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/** Measures the named steps of every route as Camel builds it; other steps are left as they are. */
final class StageWatch implements InterceptStrategy {
    private static final String DETECT = "detect";
    private static final String PUBLISH = "publish";
    private static final Map<String, String> STAGES =
            Map.of("detectObjects", DETECT, "trackObjects", "track", "publishEvent", PUBLISH);

    private final StageTimes times;
    private final FrameMetrics frames;
    private final Clock clock;

    StageWatch(StageTimes times, FrameMetrics frames, Clock clock) {
        this.times = times;
        this.frames = frames;
        this.clock = clock;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        String stage = definition instanceof ProcessDefinition process
                ? STAGES.get(Objects.requireNonNullElse(process.getRef(), ""))
                : null;
        return stage == null ? target : new Measured(stage, target);
    }

    /** One step of one route; keeps the way in which the step tells that it is done. */
    private final class Measured extends DelegateAsyncProcessor {
        private final String stage;

        Measured(String stage, Processor step) {
            super(step);
            this.stage = stage;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Instant captured = exchange.getMessage().getHeader(CameraConstants.CAPTURED_AT, Instant.class);
            if (captured != null && stage.equals(DETECT)) {
                times.record("capture", Duration.between(captured, clock.instant()));
            }
            Object body = exchange.getMessage().getBody();
            long started = System.nanoTime();
            return super.process(exchange, doneSync -> {
                times.record(stage, Duration.ofNanos(System.nanoTime() - started));
                if (stage.equals(DETECT) && captured != null) {
                    times.record("handled", Duration.between(captured, clock.instant()));
                }
                if (stage.equals(PUBLISH) && body instanceof Event event && exchange.getException() == null) {
                    published(event, captured);
                }
                callback.done(doneSync);
            });
        }
    }

    private void published(Event event, @Nullable Instant captured) {
        if (event.type().endsWith(".detection.started")) {
            frames.detectionStarted(event.key());
            if (captured != null) {
                times.record("total", Duration.between(captured, clock.instant()));
            }
        }
    }
}
