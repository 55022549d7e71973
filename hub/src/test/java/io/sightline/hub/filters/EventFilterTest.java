package io.sightline.hub.filters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.hub.spine.UnreadableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {
    private static final byte[] EVENT = """
            {"specversion":"1.0","id":"1","source":"/hubs/a/cameras/gate","type":"io.sightline.detection.started",
             "subject":"gate","time":"2026-11-21T10:15:00.120Z","sequence":"000001-0000000000001",
             "data":{"type":"person","confidence":0.83,"track_id":12,"zones":["crossing"],"ended_at":null,
                     "bounding_box":{"x":10,"y":20}}}""".getBytes(UTF_8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "event.type == 'io.sightline.detection.started'",
                "event.data.confidence > 0.8 && event.data.track_id == 12",
                "event.data.confidence < 1",
                "event.type.startsWith('io.sightline.detection.')",
                "'crossing' in event.data.zones",
                "event.data.zones.exists(zone, zone.startsWith('cross'))",
                "event.data.bounding_box.x < event.data.bounding_box.y",
                "event.time.getHours() == 10",
                "has(event.data.ended_at) && !has(event.data.speed) && !has(event.correlationid)",
                "event.subject.matches('ga.e')"
            })
    void shouldWantWhatTheExpressionSays(String expression) {
        assertThat(EventFilter.of(expression).wants(EVENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "event.data.confidence > 0.9",
                "event.data.speed > 3.0",
                "event.correlationid == 'x'",
                "event.data.bounding_box.w > 1"
            })
    void shouldNotWantWhatLacksIt(String expression) {
        assertThat(EventFilter.of(expression).wants(EVENT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event.typ == 'x' | undefined field 'typ'",
                "evnt.type == 'x' | undeclared reference to 'evnt'",
                "event.type | bool",
                "event.type > 3 | found no matching overload",
                "event.type == | mismatched input",
                "event.time > 'noon' | found no matching overload"
            })
    void shouldRefuseWhatCannotBeMeant(String expression, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFilter.of(expression))
                .withMessageContaining(reason);
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTooDeep() {
        assertThatIllegalArgumentException().isThrownBy(() -> EventFilter.of("true || ".repeat(300) + "true"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFilter.of("(".repeat(200) + "true" + ")".repeat(200)));
    }

    @Test
    void shouldEndAnExpressionThatGrowsWithoutBound() {
        // Given
        String list = "[1,2,3,4,5,6,7,8,9,10]";
        EventFilter filter = EventFilter.of((list + ".all(a, ").repeat(8) + "a > 0" + ")".repeat(8));
        // When
        var refused = assertThatThrownBy(() -> filter.wants(EVENT));
        // Then
        refused.isInstanceOf(UnreadableEventException.class).hasMessageContaining("budget exceeded");
    }

    @Test
    void shouldTellWhatItCannotLookAt() {
        assertThatThrownBy(() -> EventFilter.of("event.data.type > 3").wants(EVENT))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("event.data.type > 3");
        assertThatThrownBy(() -> EventFilter.of("event.type == 'x'").wants("no json".getBytes(UTF_8)))
                .isInstanceOf(UnreadableEventException.class);
    }
}
