package io.sightline.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String TWO = """
            sightline:
              detectors: { people: { type: hog } }
              cameras:
                a: { uri: demo:crossing, detector: people }
                b: { uri: demo:crossing, detector: people }
            """;

    @TempDir
    Path folder;

    private final Integrations integrations = new Integrations(Clock.systemUTC());
    private final List<SettingsChange> changes = new CopyOnWriteArrayList<>();
    private Path yaml;
    private SettingsFile file;

    @BeforeEach
    void start() throws IOException {
        yaml = folder.resolve("sightline.yaml");
        Files.writeString(yaml, TWO);
        file = new SettingsFile(folder, SettingsLoader.load(folder), integrations);
        file.listen(changes::add);
        file.start();
    }

    @AfterEach
    void stop() {
        file.close();
    }

    @Test
    void shouldTellWhatChangedAndNothingElse() throws IOException {
        Files.writeString(yaml, TWO.replace("b: { uri", "c: { uri").replace("a: { uri", "a: { detect-fps: 1, uri"));

        await().atMost(SOON).until(() -> changes.size() == 1);
        var cameras = changes.get(0).cameras();
        assertThat(cameras.added()).containsExactly("c");
        assertThat(cameras.removed()).containsExactly("b");
        assertThat(cameras.changed()).containsExactly("a");
        assertThat(changes.get(0).detectors().none()).isTrue();
        assertThat(file.current()).isSameAs(changes.get(0).after());
    }

    @Test
    void shouldKeepPreviousSettingsWhereNewOnesAreWrong() throws IOException {
        Files.writeString(yaml, TWO.replace("detector: people", "detector: poeple"));

        await().atMost(SOON).until(() -> state() == IntegrationState.DEGRADED);
        assertThat(reason()).contains(yaml + ":4: ").contains(yaml + ":5: ").contains("did you mean 'people'");
        assertThat(file.current().cameras()).containsOnlyKeys("a", "b");
        assertThat(changes).isEmpty();

        Files.writeString(yaml, TWO + "    c: { uri: demo:crossing, detector: people }\n");

        await().atMost(SOON).until(() -> state() == IntegrationState.ONLINE);
        assertThat(file.current().cameras()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void shouldSayThatKeyNeedsRestartUntilItIsTakenBack() throws IOException {
        Files.writeString(yaml, TWO + "  ports: { http: 9999 }\n");
        await().atMost(SOON).until(() -> state() == IntegrationState.DEGRADED);
        assertThat(reason()).isEqualTo("ports.http changed: needs a restart");

        Files.writeString(yaml, TWO);

        await().atMost(SOON).until(() -> state() == IntegrationState.ONLINE);
    }

    @Test
    void shouldTellOtherListenersWhereOneFails() throws IOException {
        file.listen(change -> {
            throw new IllegalStateException("a listener that fails");
        });
        List<SettingsChange> last = new CopyOnWriteArrayList<>();
        file.listen(last::add);

        Files.writeString(yaml, TWO.replace("type: hog", "type: hog, smallest-person: 99px"));

        await().atMost(SOON).until(() -> state() == IntegrationState.DEGRADED);
        assertThat(reason()).isEqualTo("a listener that fails");
        assertThat(last).hasSize(1);
        assertThat(last.get(0).detectors().changed()).containsExactly("people");
    }

    @Test
    void shouldTryAgainWhatFailedWhenTheFileIsWrittenAgain() throws IOException {
        var tries = new AtomicInteger();
        file.listen(change -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not today");
            }
        });
        String changed = TWO.replace("type: hog", "type: hog, smallest-person: 99px");
        Files.writeString(yaml, changed);
        await().atMost(SOON).until(() -> state() == IntegrationState.DEGRADED);

        Files.writeString(yaml, changed + "# again\n");

        await().atMost(SOON).until(() -> state() == IntegrationState.ONLINE);
        assertThat(tries).hasValue(2);
    }

    private IntegrationState state() {
        return integrations
                .find("configuration", "sightline.yaml")
                .orElseThrow()
                .state();
    }

    private String reason() {
        return integrations
                .find("configuration", "sightline.yaml")
                .orElseThrow()
                .reason();
    }
}
