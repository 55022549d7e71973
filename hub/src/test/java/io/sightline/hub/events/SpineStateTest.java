package io.sightline.hub.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.Envelope;
import io.sightline.processors.EventPublisher;
import io.sightline.processors.Sequences;
import io.sightline.processors.SystemEvents;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpineStateTest {
    @Test
    void shouldShowARefusingSpineUntilItTakesEvents() {
        // Given
        var clock = Clock.systemUTC();
        var integrations = new Integrations(clock);
        integrations.online("spine", "spine");
        List<Integration> news = new ArrayList<>();
        integrations.listen(news::add);
        var tries = new AtomicInteger();
        var publisher = new EventPublisher(
                new Envelope("site-7", Envelope.DEFAULT_SCHEMAS, clock),
                new Sequences(1),
                (address, bytes, headers) -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IOException("disk full");
                    }
                },
                new SpineState(integrations));

        // When
        publisher.publish(SystemEvents.hubStarted(1, clock.instant()));

        // Then
        assertThat(news)
                .extracting(Integration::state)
                .containsExactly(IntegrationState.OFFLINE, IntegrationState.ONLINE);
        assertThat(news.get(0).code()).isEqualTo("REFUSES");
        assertThat(news.get(0).reason()).isEqualTo("IOException: disk full");
    }
}
