package io.sightline.camera.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.streams.StreamRoles.Snapshot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamRolesTest {
    private static final String MAIN = "rtsp://192.0.2.10/main";
    private static final String SUB = "rtsp://192.0.2.10/sub";

    @Test
    void shouldUseOneStreamForEverythingWhereNothingIsSaid() {
        assertThat(StreamRoles.MAIN_ONLY.lookedAt(MAIN)).isEqualTo(MAIN);
        assertThat(StreamRoles.MAIN_ONLY.shot(MAIN, false)).isEmpty();
        assertThat(StreamRoles.MAIN_ONLY.recorded(MAIN)).isEmpty();
    }

    @Test
    void shouldTakeSnapshotsAndRecordingsFromTheMainStreamWhereAnotherOneIsLookedAt() {
        // Given
        var keys = new StreamRoles(Optional.of(SUB), Optional.empty(), Snapshot.AUTO);

        // Then
        assertThat(keys.lookedAt(MAIN)).isEqualTo(SUB);
        assertThat(keys.shot(MAIN, false)).contains(MAIN);
        assertThat(keys.recorded(MAIN)).contains(MAIN);
    }

    @Test
    void shouldTakeNoSnapshotFromAStreamInWhichNobodyIsCovered() {
        var keys = new StreamRoles(Optional.of(SUB), Optional.empty(), Snapshot.AUTO);

        assertThat(keys.shot(MAIN, true)).isEmpty();
        assertThat(new StreamRoles(Optional.of(SUB), Optional.empty(), Snapshot.DETECT).shot(MAIN, false))
                .isEmpty();
    }
}
