package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONKEY;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;

import io.sightline.engine.video.VideoSettings.Decode;
import io.sightline.engine.video.VideoSettings.Frames;
import io.sightline.engine.video.VideoSettings.Hardware;
import org.junit.jupiter.api.Test;

class SpareFramesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int ENDED = 3 * (SpareFrames.WINDOW + 1);

    @Test
    void shouldLeaveOutWhatItIsTold() {
        assertThat(spare(Frames.ALL, 5).discard()).isEqualTo(AVDISCARD_DEFAULT);
        assertThat(spare(Frames.REFERENCE, 5).discard()).isEqualTo(AVDISCARD_NONREF);
        assertThat(spare(Frames.KEY, 5).discard()).isEqualTo(AVDISCARD_NONKEY);
    }

    @Test
    void shouldLeaveOutSparePicturesWhereManyMoreComeThanAreWanted() {
        // Given
        var spare = spare(Frames.AUTO, 5);

        // When: 25 per second
        play(spare, 25, 1.0);

        // Then
        assertThat(spare.discard()).isEqualTo(AVDISCARD_NONREF);
    }

    @Test
    void shouldDecodeAllWhereFewMoreComeThanAreWanted() {
        // Given
        var spare = spare(Frames.AUTO, 5);

        // When: 12 per second
        play(spare, 12, 1.0);

        // Then
        assertThat(spare.discard()).isEqualTo(AVDISCARD_DEFAULT);
    }

    @Test
    void shouldDecodeAllAgainWhereTooFewAreLeft() {
        // Given
        var spare = spare(Frames.AUTO, 5);

        // When: of 25 per second a third is left
        play(spare, 25, 1.0 / 3);

        // Then: and that is not tried again
        assertThat(spare.discard()).isEqualTo(AVDISCARD_DEFAULT);
        play(spare, 25, 1.0 / 3);
        assertThat(spare.discard()).isEqualTo(AVDISCARD_DEFAULT);
    }

    @Test
    void shouldDecodeAllWhereTheStreamTellsNoTimes() {
        // Given
        var spare = spare(Frames.AUTO, 5);

        // When
        boolean changed = false;
        for (int i = 0; i < ENDED; i++) {
            changed |= spare.sent(Long.MIN_VALUE);
        }

        // Then
        assertThat(changed).isFalse();
        assertThat(spare.discard()).isEqualTo(AVDISCARD_DEFAULT);
    }

    private static SpareFrames spare(Frames frames, double wanted) {
        return new SpareFrames(new Decode(frames, wanted, 1, 1, Hardware.NONE));
    }

    /** @param needed share of the pictures that others need */
    private static void play(SpareFrames spare, int perSecond, double needed) {
        double left = 0;
        for (int i = 0; i < ENDED; i++) {
            spare.sent(i * SECOND / perSecond);
            left += spare.discard() == AVDISCARD_NONREF ? needed : 1;
            if (left >= 1) {
                left--;
                spare.decoded();
            }
        }
    }
}
