package io.sightline.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HandledTimesTest {
    private static final String NAME = "sightline_stage_duration_seconds_bucket{application=\"x\",stage=\"";

    @Test
    void shouldSumSeriesOfOneName() {
        var metrics = new Prometheus("""
                # HELP frames_total Frames
                frames_total{camera="a",cause="slot"} 3.0
                frames_total{camera="b",cause="slot"} 4.0E1
                frames_total{camera="b",cause="other"} 5
                frames_total_more{camera="b"} 100
                plain 7
                """);

        assertThat(metrics.sum("frames_total")).isEqualTo(48);
        assertThat(metrics.sum("frames_total", "cause=\"slot\"")).isEqualTo(43);
        assertThat(metrics.sum("plain")).isEqualTo(7);
        assertThat(metrics.sum("missing")).isZero();
    }

    @Test
    void shouldTellWithinWhatTimeAShareWasHandled() {
        var before = buckets(10, 10, 10, 10);
        var after = buckets(10, 90, 110, 110);

        assertThat(HandledTimes.within(before, after, "0.2")).isEqualTo(100);
        // 80 of 100 below 100 ms, the rest evenly up to 200 ms
        assertThat(HandledTimes.quantile(before, after, 0.9)).isCloseTo(0.15, within(1e-9));
        assertThat(HandledTimes.quantile(before, after, 0.4)).isCloseTo(0.075, within(1e-9));
    }

    /** Counts of frames up to 50, 100, 200 ms and in all; and another stage that must not matter. */
    private static Prometheus buckets(int first, int second, int third, int all) {
        String[] edges = {"0.002", "0.005", "0.01", "0.025", "0.05", "0.1", "0.2", "0.25", "0.5", "1.0", "5.0", "+Inf"};
        var text = new StringBuilder();
        for (int i = 0; i < edges.length; i++) {
            int count = i < 4 ? 10 : i == 4 ? first : i == 5 ? second : i == 6 ? third : all;
            text.append(NAME)
                    .append("handled\",le=\"")
                    .append(edges[i])
                    .append("\"} ")
                    .append(count)
                    .append('\n');
            text.append(NAME).append("infer\",le=\"").append(edges[i]).append("\"} 1000\n");
        }
        return new Prometheus(text.toString());
    }
}
