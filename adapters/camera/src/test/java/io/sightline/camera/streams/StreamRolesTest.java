package io.sightline.camera.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.streams.StreamRoles.Snapshot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamRolesTest {
    private static final String MAIN = "rtsp://192.0.2.10/main";
    private static final String SUB = "rtsp://192.0.2.10/sub";
    private static final String THIRD = "rtsp://192.0.2.10/third";

    @Test
    void shouldUseOneStreamForEverythingWhereNothingIsSaid() {
        assertThat(StreamRoles.MAIN_ONLY.lookedAt(MAIN)).isEqualTo(MAIN);
        assertThat(StreamRoles.MAIN_ONLY.shot(MAIN, false)).isEmpty();
        assertThat(StreamRoles.MAIN_ONLY.recorded(MAIN, false)).isEmpty();
    }

    @Test
    void shouldTakeSnapshotsAndClipsFromTheMainStreamWhereAnotherOneIsLookedAt() {
        // Given
        var keys = new StreamRoles(Optional.of(SUB), Optional.empty(), Snapshot.AUTO);

        // Then
        assertThat(keys.lookedAt(MAIN)).isEqualTo(SUB);
        assertThat(keys.shot(MAIN, false)).contains(MAIN);
        assertThat(keys.recorded(MAIN, false)).contains(MAIN);
    }

    @Test
    void shouldMakeClipsOfTheStreamThatIsLookedAtWhereNoOtherIsRead() {
        var keys = new StreamRoles(Optional.of(SUB), Optional.empty(), Snapshot.DETECT);

        assertThat(keys.shot(MAIN, false)).isEmpty();
        assertThat(keys.recorded(MAIN, false)).isEmpty();
        assertThat(new StreamRoles(Optional.of(SUB), Optional.of(SUB), Snapshot.AUTO).recorded(MAIN, false))
                .isEmpty();
    }

    @Test
    void shouldMakeClipsOfTheStreamThatIsGivenForThem() {
        assertThat(new StreamRoles(Optional.of(SUB), Optional.of(THIRD), Snapshot.AUTO).recorded(MAIN, false))
                .contains(THIRD);
        assertThat(new StreamRoles(Optional.empty(), Optional.of(THIRD), Snapshot.AUTO).recorded(MAIN, false))
                .contains(THIRD);
    }

    @Test
    void shouldTakeNothingFromAStreamInWhichNobodyIsCovered() {
        var keys = new StreamRoles(Optional.of(SUB), Optional.of(THIRD), Snapshot.AUTO);

        assertThat(keys.shot(MAIN, true)).isEmpty();
        assertThat(keys.recorded(MAIN, true)).isEmpty();
    }
}
