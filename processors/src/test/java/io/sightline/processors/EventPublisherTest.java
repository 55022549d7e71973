package io.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPublisherTest {
    private static final Instant TIME = Instant.parse("2026-11-21T10:15:00.120Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Envelope envelope =
            new Envelope("site-7", Envelope.DEFAULT_SCHEMAS, Clock.fixed(TIME, ZoneOffset.UTC));
    private final List<byte[]> spine = new CopyOnWriteArrayList<>();
    private final List<String> addresses = new CopyOnWriteArrayList<>();

    private final List<String> news = new CopyOnWriteArrayList<>();
    private final SpineListener listener = new SpineListener() {
        @Override
        public void refuses(String reason) {
            news.add(reason);
        }

        @Override
        public void takes() {
            news.add("takes");
        }
    };
    private final EventPublisher publisher = publisher((address, bytes, headers) -> {
        addresses.add(address);
        spine.add(bytes);
    });

    @Test
    void shouldWrapAsTheContractSays() throws Exception {
        // Given
        var event = SystemEvents.stateChanged(
                new SystemEvents.Integration("camera", "gate"),
                new SystemEvents.State("OFFLINE", "UNREACHABLE", "no answer for 10 s"),
                TIME);

        // When
        var sealed = publisher.publish(event, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        // Then
        assertThat(addresses).containsExactly("sightline.system.gate");
        assertThat(EventSchemas.problems(sealed.bytes())).isEmpty();
        var names = new ArrayList<String>();
        JSON.readTree(sealed.bytes()).fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "specversion",
                        "id",
                        "source",
                        "type",
                        "subject",
                        "time",
                        "datacontenttype",
                        "dataschema",
                        "partitionkey",
                        "sequence",
                        "traceparent",
                        "data");
        var cloudEvent = new JsonFormat().deserialize(sealed.bytes());
        assertThat(cloudEvent.getSource()).hasToString("/hubs/site-7/integrations/gate");
        assertThat(cloudEvent.getTime()).isEqualTo(TIME.atOffset(ZoneOffset.UTC));
        assertThat(cloudEvent.getExtension("sequence")).isEqualTo("000003-0000000000001");
    }

    @Test
    void shouldFindFieldsThatNoSchemaNames() {
        var event = new Event(
                Event.Kind.SYSTEM, "gate", SystemEvents.TYPE, TIME, Map.of("kind", "camera", "surprise", 1), null);

        var problems = EventSchemas.problems(
                envelope.seal(event, "000003-0000000000001", null).bytes());

        assertThat(problems).anyMatch(p -> p.contains("surprise")).anyMatch(p -> p.contains("since"));
    }

    @Test
    void shouldLetNothingInboundSteer() throws Exception {
        // Given
        try (var context = new DefaultCamelContext()) {
            var exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(SystemEvents.hubStarted(3, TIME));
            exchange.getMessage().setHeader(SightlineHeaders.ADDRESS, "sightline.alerts.forged");
            exchange.getMessage().setHeader("SightlineOther", "x");
            exchange.getMessage().setHeader(SightlineHeaders.TRACEPARENT, "\"},\"data\":{}");

            // When
            publisher.process(exchange);

            // Then
            assertThat(addresses).containsExactly("sightline.system.hub");
            assertThat(exchange.getMessage().getHeader(SightlineHeaders.ADDRESS))
                    .isEqualTo("sightline.system.hub");
            assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("SightlineOther");
            assertThat(JSON.readTree(spine.get(0)).has("traceparent")).isFalse();
            assertThat(EventSchemas.problems(spine.get(0))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate.other", "a/b", "#", "*", "", "Gate", "gate?x=y", "../x"})
    void shouldRefuseKeysThatAreNoAddressAndUseNoNumber(String key) throws Exception {
        var bad = new Event(Event.Kind.SYSTEM, key, SystemEvents.TYPE, TIME, Map.of(), null);

        assertThatThrownBy(() -> publisher.publish(bad)).isInstanceOf(IllegalArgumentException.class);

        publisher.publish(SystemEvents.hubStarted(3, TIME));
        assertThat(spine).hasSize(1);
        assertThat(sequence(spine.get(0))).endsWith("-0000000000001");
    }

    @Test
    void shouldKeepOrderWithoutGapsOverManyThreads() throws Exception {
        // When
        var threads = IntStream.range(0, 8)
                .mapToObj(n -> new Thread(
                        () -> IntStream.range(0, 250).forEach(i -> publisher.publish(of("camera-" + i % 2)))))
                .toList();
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }

        // Then
        var perSource = new ConcurrentHashMap<String, List<String>>();
        var ids = new HashSet<String>();
        for (byte[] bytes : spine) {
            JsonNode event = JSON.readTree(bytes);
            perSource
                    .computeIfAbsent(event.get("source").asText(), s -> new ArrayList<>())
                    .add(event.get("sequence").asText());
            ids.add(event.get("id").asText());
        }
        var expected = IntStream.rangeClosed(1, 1000)
                .mapToObj(n -> Sequences.text(3, n))
                .toList();
        assertThat(perSource).hasSize(2);
        perSource.values().forEach(got -> assertThat(got).isEqualTo(expected));
        assertThat(ids).hasSize(2000);
        assertThat(publisher.published(Event.Kind.SYSTEM)).isEqualTo(2000);
    }

    @Test
    void shouldOfferTheSameBytesUntilTheSpineTakesThemAlsoWhenInterrupted() {
        // Given
        var tries = new AtomicInteger();
        var offered = new CopyOnWriteArrayList<byte[]>();
        var patient = publisher((address, bytes, headers) -> {
            offered.add(bytes);
            if (tries.incrementAndGet() < 3) {
                throw new IOException("disk full");
            }
        });

        // When
        Thread.currentThread().interrupt();
        patient.publish(of("gate"));

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(offered).hasSize(3).allMatch(bytes -> bytes == offered.get(0));
        assertThat(patient.retries()).isEqualTo(2);
        assertThat(patient.trouble()).isEmpty();
        assertThat(news).containsExactly("IOException: disk full", "takes");
    }

    @Test
    void shouldTellOfASpineThatDoesNotAnswer() throws Exception {
        // Given
        var sending = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var silent = publisher((address, bytes, headers) -> {
            sending.countDown();
            answer.await();
        });
        var thread = new Thread(() -> silent.publish(of("gate")));
        thread.start();
        sending.await();

        // When
        silent.look(Duration.ofMinutes(1));
        assertThat(news).isEmpty();
        await().untilAsserted(() -> {
            silent.look(Duration.ofMillis(1));
            assertThat(news).containsExactly("no answer for more than 1 ms");
        });
        answer.countDown();

        // Then
        thread.join(5000);
        assertThat(news).endsWith("takes").hasSize(2);
        assertThat(silent.trouble()).isEmpty();
    }

    @Test
    void shouldNotCallTheSpineWellWhileOneEventIsStillRefused() throws Exception {
        // Given
        var full = new AtomicBoolean(true);
        var picky = publisher((address, bytes, headers) -> {
            if (full.get() && address.endsWith("gate")) {
                throw new IOException("address full");
            }
        });
        var thread = new Thread(() -> picky.publish(of("gate")));
        thread.start();
        await().until(() -> picky.trouble().isPresent());

        // When
        picky.publish(of("yard"));

        // Then
        assertThat(news).containsExactly("IOException: address full");
        full.set(false);
        thread.join(10_000);
        assertThat(news).containsExactly("IOException: address full", "takes");
    }

    @Test
    void shouldStopOfferingWhenClosed() throws Exception {
        // Given
        var refusing = publisher((address, bytes, headers) -> {
            throw new IOException("disk full");
        });
        var failure = new CopyOnWriteArrayList<RuntimeException>();
        var thread = new Thread(() -> {
            try {
                refusing.publish(of("gate"));
            } catch (IllegalStateException e) {
                failure.add(e);
            }
        });
        thread.start();
        await().until(() -> refusing.trouble().isPresent());

        // When
        refusing.close();

        // Then
        thread.join(5000);
        assertThat(failure).hasSize(1);
    }

    private EventPublisher publisher(SpineSender sender) {
        return new EventPublisher(envelope, new Sequences(3), sender, listener);
    }

    private static Event of(String id) {
        return SystemEvents.stateChanged(
                new SystemEvents.Integration("camera", id), new SystemEvents.State("ONLINE", null, null), TIME);
    }

    private static String sequence(byte[] bytes) throws IOException {
        return JSON.readTree(bytes).get("sequence").asText();
    }
}
