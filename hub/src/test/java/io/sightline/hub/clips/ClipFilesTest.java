package io.sightline.hub.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.security.SignedLinks;
import io.sightline.hub.settings.RetentionSettings;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.clips.ClipFolder.Clip;
import io.sightline.processors.clips.ClipRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFilesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Pattern SIGNED = Pattern.compile("(.*)\\?expires=([0-9]+)&signature=([A-Za-z0-9_-]+)");

    @TempDir
    Path folder;

    private final Integrations integrations = new Integrations(Clock.systemUTC());
    private Instant now = NOON;
    private Duration linkAge = Duration.ofHours(1);
    private RetentionSettings settings = limits(Duration.ofDays(30), 1 << 30);
    private Optional<Instant> oldestWaiting = Optional.empty();
    private long free = 50;
    private ClipFiles files;
    private ClipRetention retention;

    private static RetentionSettings limits(Duration age, long size) {
        return new RetentionSettings(
                Duration.ofDays(1),
                1 << 20,
                10,
                Duration.ofDays(1),
                new RetentionSettings.Clips(age, size, Duration.ofDays(1)));
    }

    @BeforeEach
    void open() {
        files = files();
        retention = new ClipRetention(
                files, integrations, clock(), new ClipRetention.Limits(() -> settings, () -> oldestWaiting));
        retention.measure(path -> free);
        files.ask(retention);
    }

    private ClipFiles files() {
        var data = new DataFolder(folder, "hub-test", 1);
        return new ClipFiles(
                data.clips(),
                new ClipFiles.Links("https://hub.example", new SignedLinks(data, clock()), () -> linkAge),
                clock());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private static Clip clip(int number) {
        return new Clip("gate", String.format("0198aaaa-0000-7000-8000-%012d", number));
    }

    /** A clip of so many bytes that is told of now. */
    private Clip written(int number, int size) throws IOException {
        Clip clip = clip(number);
        Files.write(files.begin(clip), new byte[size]);
        files.complete(clip);
        return clip;
    }

    private boolean isThere(Clip clip) {
        return files.file(clip).isPresent();
    }

    @Test
    void shouldShowAClipOnlyWhenItIsWhole() throws IOException {
        Clip clip = clip(1);
        Files.write(files.begin(clip), new byte[9]);
        assertThat(isThere(clip)).isFalse();

        files.complete(clip);

        assertThat(files.file(clip).orElseThrow()).hasSize(9);
    }

    @Test
    void shouldRemoveAtTheStartWhatACrashHasLeft() throws IOException {
        Clip whole = written(1, 5);
        Path half = files.begin(clip(2));
        Files.write(half, new byte[5]);

        files = files();

        assertThat(half).doesNotExist();
        assertThat(isThere(whole)).isTrue();
    }

    @Test
    void shouldMakeNoPathOfWhatIsNoName() {
        for (String name :
                new String[] {"../../etc/passwd", "0198aaaa", "", clip(1).id() + ".part", clip(1).id() + "/"}) {
            assertThat(ClipFiles.clip("gate", name)).as(name).isEmpty();
        }
        for (String camera : new String[] {"..", "Gate", "", "a/b", "-"}) {
            assertThat(ClipFiles.clip(camera, clip(1).id())).as(camera).isEmpty();
        }
        assertThat(ClipFiles.clip("gate", clip(1).id() + ".mp4")).contains(clip(1));
    }

    @Test
    void shouldFindTheClipOfALinkAgain() {
        ClipRef link = files.link(clip(7), NOON, Optional.empty());

        assertThat(link.href()).startsWith("https://hub.example/api/v1/clips/gate/");
        assertThat(ClipFiles.clip(link.href())).contains(clip(7));
        assertThat(ClipFiles.clip("")).isEmpty();
        assertThat(ClipFiles.clip("/api/v1/clips/gate/../x")).isEmpty();
    }

    @Test
    void shouldSignLinksThatExpireAndFitOneClipOnly() {
        // Given
        var signed = files.link(clip(1), NOON, Optional.empty()).signed().orElseThrow();
        var parts = SIGNED.matcher(signed.href());
        assertThat(parts.matches()).isTrue();
        String expires = parts.group(2);
        String signature = parts.group(3);
        // When, Then
        assertThat(signed.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(files.isSigned(clip(1), expires, signature)).isTrue();
        assertThat(files().isSigned(clip(1), expires, signature))
                .as("after a restart")
                .isTrue();
        assertThat(files.isSigned(clip(2), expires, signature)).isFalse();
        assertThat(files.isSigned(clip(1), Long.toString(Long.parseLong(expires) + 1), signature))
                .isFalse();
        assertThat(files.isSigned(clip(1), "0" + expires, signature)).isFalse();
        assertThat(files.isSigned(clip(1), expires, signature.substring(1))).isFalse();
        assertThat(files.isSigned(clip(1), expires, null)).isFalse();
        assertThat(files.isSigned(clip(1), "x", signature)).isFalse();
        now = NOON.plus(Duration.ofHours(1));
        assertThat(files.isSigned(clip(1), expires, signature)).isFalse();
    }

    @Test
    void shouldSignNothingWhereNoLinksAreWanted() {
        linkAge = Duration.ZERO;

        assertThat(files.link(clip(1), NOON, Optional.empty()).signed()).isEmpty();
    }

    @Test
    void shouldRemoveWhatIsTooOld() throws IOException {
        Clip old = written(1, 5);
        now = now.plus(Duration.ofDays(20));
        Clip young = written(2, 5);
        now = now.plus(Duration.ofDays(11));

        retention.sweep();

        assertThat(isThere(old)).isFalse();
        assertThat(isThere(young)).isTrue();
        assertThat(retention.removed()).isEqualTo(1);
    }

    @Test
    void shouldKeepClipsWithinTheirSize() throws IOException {
        settings = limits(Duration.ofDays(30), 1000);
        for (int i = 0; i < 11; i++) {
            written(i, 100);
            now = now.plusSeconds(1);
        }
        now = now.plusSeconds(61);

        retention.sweep();

        assertThat(retention.removed()).isEqualTo(2);
        assertThat(isThere(clip(1))).isFalse();
        assertThat(isThere(clip(2))).isTrue();
    }

    @Test
    void shouldKeepWhatASinkHasStillToDeliver() throws IOException {
        // Given: one that was told of before the oldest event that waits, and one that was told of after it
        Clip delivered = written(1, 5);
        now = now.plus(Duration.ofHours(1));
        oldestWaiting = Optional.of(now);
        now = now.plusSeconds(1);
        Clip waiting = written(2, 5);
        now = now.plus(Duration.ofDays(40));
        free = 1;
        // When
        retention.sweep();
        // Then
        assertThat(isThere(delivered)).isFalse();
        assertThat(isThere(waiting)).isTrue();
        // When
        oldestWaiting = Optional.empty();
        retention.sweep();
        // Then
        assertThat(isThere(waiting)).isFalse();
    }

    @Test
    void shouldKeepWhatWasToldOfAMomentAgoThoughNoSinkWaits() throws IOException {
        // Given: the event that tells of the second one may not be on the spine yet
        Clip earlier = written(1, 5);
        now = now.plusSeconds(61);
        Clip fresh = written(2, 5);
        free = 1;
        // When
        retention.sweep();
        // Then
        assertThat(isThere(earlier)).isFalse();
        assertThat(isThere(fresh)).isTrue();
    }

    @Test
    void shouldKeepTheClipOfWhatStillGoesOn() throws IOException {
        // Given
        Clip open = written(1, 5);
        Clip over = written(2, 5);
        now = now.plus(Duration.ofDays(40));
        free = 1;
        retention.spare(open::equals);
        // When
        retention.sweep();
        // Then
        assertThat(isThere(open)).isTrue();
        assertThat(isThere(over)).isFalse();
    }

    @Test
    void shouldCoverWhatIsFromBeforePrivacyForEver() throws IOException {
        // Given
        Clip before = written(1, 5);
        Files.write(files.begin(clip(2)), new byte[5]);
        // When
        files.cover("gate");
        files.complete(clip(2));
        Clip after = written(3, 5);
        // Then
        for (ClipFiles one : new ClipFiles[] {files, files()}) {
            assertThat(one.isCovered(before)).isTrue();
            assertThat(one.isCovered(clip(2))).isTrue();
            assertThat(one.isCovered(after)).isFalse();
        }
        assertThat(files.isCovered(new Clip("yard", before.id()))).isFalse();
    }

    @Test
    void shouldCoverAllWhereThatCannotBeWrittenDown() throws IOException {
        // Given: something else in the marker's place
        Clip before = written(1, 5);
        Files.createDirectories(files.file(before).orElseThrow().resolveSibling("covered/x"));
        // When
        files.cover("gate");
        // Then
        assertThat(files.isCovered(before)).isTrue();
        assertThat(files().isCovered(before)).isTrue();
    }

    @Test
    void shouldMarkNothingOfACameraWithoutClips() {
        files.cover("yard");

        assertThat(files.root().resolve("yard")).doesNotExist();
    }

    @Test
    void shouldCountAClipAsToldOfWhenAnEventRefersToItAgain() throws IOException {
        Clip clip = written(1, 5);
        now = now.plus(Duration.ofDays(20));
        files.referred(clip);
        files.referred(clip(2));
        now = now.plus(Duration.ofDays(20));

        retention.sweep();

        assertThat(isThere(clip)).isTrue();
    }

    @Test
    void shouldShedTheOldestAndSaySoWhenTheDiskIsShort() throws IOException {
        // Given
        Clip old = written(1, 5);
        now = now.plusSeconds(1);
        Clip young = written(2, 5);
        now = now.plusSeconds(61);
        retention.measure(path -> isThere(old) ? 4 : 12);
        // When
        retention.sweep();
        // Then
        assertThat(isThere(old)).isFalse();
        assertThat(isThere(young)).isTrue();
        assertThat(integrations.find("store", "clips").orElseThrow()).satisfies(clips -> {
            assertThat(clips.state()).isEqualTo(IntegrationState.DEGRADED);
            assertThat(clips.code()).isEqualTo("DISK_SHORT");
            assertThat(clips.reason()).contains("removed 1 clips");
        });
        // When
        retention.sweep();
        // Then
        assertThat(integrations.find("store", "clips").orElseThrow().state()).isEqualTo(IntegrationState.ONLINE);
    }

    @Test
    void shouldBeWellAgainWhenClipsCanBeClearedAgain() {
        // Given
        retention.measure(path -> {
            throw new UncheckedIOException("no answer", new IOException());
        });
        retention.sweep();
        assertThat(integrations.find("store", "clips").orElseThrow().code()).isEqualTo("CLIPS");
        // When
        retention.measure(path -> free);
        retention.sweep();
        // Then
        assertThat(integrations.find("store", "clips").orElseThrow().state()).isEqualTo(IntegrationState.ONLINE);
    }

    @Test
    void shouldWriteNoMoreWhereThereIsNoRoom() {
        free = 3;

        assertThatThrownBy(() -> files.begin(clip(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("10 %");
        assertThat(integrations.find("store", "clips").orElseThrow().reason()).contains("none can be written");
    }
}
