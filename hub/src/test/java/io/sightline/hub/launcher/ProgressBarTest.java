package io.sightline.hub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private long now;
    private final ProgressBar bar = new ProgressBar(new PrintStream(terminal, true, StandardCharsets.UTF_8), () -> now);

    @Test
    void shouldTellHowMuchIsLeft() {
        now = 2_000_000_000L;

        bar.frames(50, 200);

        assertThat(shown()).isEqualTo("[#######-----------------------]  25 %  50 of 200 frames, 25.0/s, 6 s left");
    }

    @Test
    void shouldCountWhereTheEndIsUnknown() {
        now = 2_000_000_000L;

        bar.frames(50, 0);

        assertThat(shown()).isEqualTo("50 frames, 25.0/s");
    }

    @Test
    void shouldNotBeDrawnAgainForEveryFrame() {
        now = 2_000_000_000L;
        bar.frames(50, 0);
        now += 1_000_000;

        bar.frames(51, 0);

        assertThat(shown()).startsWith("50 frames");
    }

    @Test
    void shouldLeaveNothingBehind() {
        now = 2_000_000_000L;
        bar.frames(50, 200);

        bar.clear();

        assertThat(shown()).isEmpty();
    }

    /** What stands in the line. */
    private String shown() {
        String all = terminal.toString(StandardCharsets.UTF_8);
        return all.substring(all.lastIndexOf("\033[K") + 3);
    }
}
