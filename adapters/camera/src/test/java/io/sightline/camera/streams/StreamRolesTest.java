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
    }

    @Test
    void shouldTakeSnapshotsFromTheMainStreamWhereAnotherOneIsLookedAt() {
        // Given
        var keys = new StreamRoles(Optional.of(SUB), Snapshot.AUTO);

        // Then
        assertThat(keys.lookedAt(MAIN)).isEqualTo(SUB);
        assertThat(keys.shot(MAIN, false)).contains(MAIN);
    }

    @Test
    void shouldTakeNoSnapshotFromAStreamInWhichNobodyIsCovered() {
        var keys = new StreamRoles(Optional.of(SUB), Snapshot.AUTO);

        assertThat(keys.shot(MAIN, true)).isEmpty();
        assertThat(new StreamRoles(Optional.of(SUB), Snapshot.DETECT).shot(MAIN, false))
                .isEmpty();
    }
}
