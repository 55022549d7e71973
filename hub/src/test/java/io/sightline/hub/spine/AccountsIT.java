package io.sightline.hub.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.spine.accounts.EventNumber;
import io.sightline.hub.spine.accounts.SinkBalance;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.Event.Kind;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CYCLES = Integer.getInteger("sightline.cycles", 5);

    @TempDir
    Path folder;

    /** The moments are random, the seed is told. */
    @Test
    void shouldCloseToZeroForEverySinkAfterKills() throws Exception {
        // Given
        long seed = Long.getLong("sightline.seed", System.nanoTime());
        var random = new Random(seed);
        long acknowledged = 0;
        for (int start = 1; start <= CYCLES; start++) {
            acknowledged += kill(start, random.nextInt(1, 400));
        }
        // When
        try (var rig = new SinkRig(folder, CYCLES + 1)) {
            // Then: also before anything of what waits is dealt with
            String told = "seed " + seed;
            for (String sink : rig.spine.accounts.sinks()) {
                SinkBalance found = rig.balance(sink);
                assertThat(found.difference()).as(told + " " + found).isZero();
            }
            // When
            ThreeSinks.routes(rig);
            // Then
            for (String sink : rig.spine.accounts.sinks()) {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(rig.balance(sink).waiting()).as(told).isZero());
                SinkBalance balance = rig.balance(sink);
                assertThat(balance.difference()).as(told + " " + balance).isZero();
                assertThat(balance.missing()).as(told + " " + balance).isZero();
            }
            // an event that was on its way at a kill is there, but was not acknowledged
            assertThat(rig.balance("takes-all").accepted())
                    .as(told)
                    .isBetween(acknowledged, acknowledged + 2L * CYCLES);
            assertThat(rig.balance("takes-all").delivered())
                    .isEqualTo(rig.balance("takes-all").accepted());
            assertThat(rig.balance("rejects").dead()).isPositive().isEqualTo(rig.letters.count());
            assertThat(rig.balance("filters").filtered()).isPositive();
            assertThat(rig.balance("filters").delivered()).isPositive();
        }
    }

    /** @return events that were acknowledged */
    private int kill(int start, int after) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThreeSinks.class.getName(),
                        folder.toString(),
                        Integer.toString(start))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = 0;
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged += line.startsWith("acknowledged ") ? 1 : 0;
                if (acknowledged >= after) {
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(after);
        return acknowledged;
    }

    @Test
    void shouldCountAReplayedLetterAsDeliveredAndARemovedOneAsDropped() throws Exception {
        try (var rig = new SinkRig(folder, 1)) {
            // Given
            var broken = new CountDownLatch(1);
            rig.bind("receive", exchange -> {
                if (broken.getCount() > 0) {
                    throw new UnreadableEventException("broken", null);
                }
            });
            rig.route("siren", "detections", "- process: { ref: receive }");
            for (int i = 0; i < 5; i++) {
                rig.publish(Kind.DETECTION, "gate", i);
            }
            await().atMost(PATIENCE).until(() -> rig.balance("siren").dead() == 5);
            assertThat(rig.balance("siren").difference()).isZero();
            // When
            broken.countDown();
            rig.letters.remove(rig.letters.list(1).get(0).id());
            var filter =
                    new LetterFilter("siren", "brok", null, Clock.systemUTC().instant());
            assertThat(rig.letters.replay(new LetterFilter("siren", "bro_", null, null), null, 10))
                    .isZero();
            assertThat(rig.letters.replay(filter, null, 3)).isEqualTo(3);
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(rig.balance("siren").delivered()).isEqualTo(3));
            SinkBalance balance = rig.balance("siren");
            assertThat(balance.accepted()).isEqualTo(5);
            assertThat(balance.dropped()).isEqualTo(1);
            assertThat(balance.dead()).isEqualTo(1);
            assertThat(balance.died()).isEqualTo(5);
            assertThat(balance.difference()).isZero();
        }
    }

    @Test
    void shouldTakeALetterToAnotherSinkWithTheBooksOfBoth() throws Exception {
        try (var rig = new SinkRig(folder, 1)) {
            // Given
            rig.bind("reject", exchange -> {
                throw new UnreadableEventException("not mine", null);
            });
            rig.route("siren", "detections", "- process: { ref: reject }");
            rig.route("mail", "alerts", "- log: { message: got, loggingLevel: TRACE }");
            rig.publish(Kind.DETECTION, "gate", 1);
            await().atMost(PATIENCE).until(() -> rig.balance("siren").dead() == 1);
            DeadLetter letter = rig.letters.list(1).get(0);
            assertThat(new String(letter.event(), StandardCharsets.UTF_8)).contains("\"value\":1");
            // When
            assertThat(rig.letters.replay(letter.id(), "mail")).isTrue();
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(rig.balance("mail").delivered()).isEqualTo(1));
            assertThat(rig.balance("mail").accepted()).isEqualTo(1);
            assertThat(rig.balance("mail").difference()).isZero();
            assertThat(rig.balance("siren").dropped()).isEqualTo(1);
            assertThat(rig.balance("siren").difference()).isZero();
        }
    }

    @Test
    void shouldCountWhatABudgetTakesAwayAndNotMissIt() throws Exception {
        try (var rig = new SinkRig(folder, 1)) {
            // Given
            rig.spine.spine.ensureSink("away", Set.of(Kind.DETECTION), "test");
            for (int i = 0; i < 6; i++) {
                rig.publish(Kind.DETECTION, "gate", i);
            }
            await().until(() -> rig.spine.spine.waiting("away") == 6);
            var later = Clock.offset(Clock.systemUTC(), Duration.ofDays(31));
            // When
            new QueueKeeper(rig.spine.server.broker(), rig.spine.spine, new Integrations(later), later).sweep();
            rig.publish(Kind.DETECTION, "gate", 7);
            // Then
            assertThat(rig.balance("away").dropped()).isEqualTo(6);
            assertThat(rig.balance("away").difference()).isZero();
            // When
            rig.spine.spine.releaseSink("away", "test");
            rig.route("away", "detections", "- log: { message: got, loggingLevel: TRACE }");
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(rig.balance("away").delivered()).isEqualTo(1));
            assertThat(rig.balance("away").missing()).isZero();
            assertThat(rig.balance("away").difference()).isZero();
        }
    }

    @Test
    void shouldCountLettersThatAreTooOldAsDropped() throws Exception {
        try (var rig = new SinkRig(folder, 1)) {
            // Given
            rig.bind("reject", exchange -> {
                throw new UnreadableEventException("not mine", null);
            });
            rig.route("siren", "detections", "- process: { ref: reject }");
            for (int i = 0; i < 120; i++) {
                rig.publish(Kind.DETECTION, "gate", i);
            }
            await().atMost(PATIENCE).until(() -> rig.balance("siren").dead() == 120);
            var later = Clock.offset(Clock.systemUTC(), Duration.ofDays(31));
            // When
            new QueueKeeper(rig.spine.server.broker(), rig.spine.spine, new Integrations(later), later).sweep();
            // Then
            await().untilAsserted(() -> assertThat(rig.letters.count()).isZero());
            assertThat(rig.balance("siren").dropped()).isEqualTo(120);
            assertThat(rig.balance("siren").died()).isEqualTo(120);
            assertThat(rig.balance("siren").difference()).isZero();
        }
    }

    @Test
    void shouldKeepTheAccountsShort() throws Exception {
        try (var rig = new SinkRig(folder, 1)) {
            // Given
            rig.route("siren", "detections", "- log: { message: got, loggingLevel: TRACE }");
            // When
            for (int i = 0; i < 700; i++) {
                rig.publish(Kind.DETECTION, "gate", i);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(rig.balance("siren").delivered()).isEqualTo(700));
            // Then
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.spine.spine.messages("accounts"))
                    .isLessThan(500));
            assertThat(rig.balance("siren").difference()).isZero();
        }
        try (var rig = new SinkRig(folder, 2)) {
            assertThat(rig.balance("siren").delivered()).isEqualTo(700);
            assertThat(rig.balance("siren").accepted()).isEqualTo(700);
        }
    }

    @Test
    void shouldCountAsFilteredWhatAFilterDoesNotLetThrough() throws Exception {
        try (var rig = new SinkRig(folder, 1)) {
            // Given
            rig.route("siren", "detections", """
                    - filter:
                        jsonpath: "$.data[?(@.value > 2)]"
                        statusPropertyName: SightlineTaken
                        steps:
                          - log: { message: got, loggingLevel: TRACE }
                    """);
            // When
            for (int i = 1; i <= 5; i++) {
                rig.publish(Kind.DETECTION, "gate", i);
            }
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(rig.balance("siren").delivered()).isEqualTo(3));
            assertThat(rig.balance("siren").filtered()).isEqualTo(2);
            assertThat(rig.balance("siren").difference()).isZero();
        }
    }

    @Test
    void shouldTellThatAnEventIsMissing() throws Exception {
        try (var rig = new SinkRig(folder, 1)) {
            // Given
            rig.spine.spine.ensureSink("siren", Set.of(Kind.DETECTION), "test");
            for (int i = 0; i < 4; i++) {
                rig.publish(Kind.DETECTION, "gate", i);
            }
            var queue = rig.spine.server.broker().locateQueue("sightline.sinks.siren");
            String second = new EventNumber("detections.gate", 1, 2).sequence();
            queue.deleteMatchingReferences(org.apache.activemq.artemis.core.filter.impl.FilterImpl.createFilter(
                    EventMarks.SEQUENCE + " = '" + second + "'"));
            // When
            rig.spine.spine.releaseSink("siren", "test");
            rig.route("siren", "detections", "- log: { message: got, loggingLevel: TRACE }");
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(rig.balance("siren").delivered()).isEqualTo(3));
            assertThat(rig.balance("siren").missing()).isEqualTo(1);
            assertThat(rig.balance("siren").difference()).isEqualTo(1);
            assertThat(rig.integrations.find("sink", "siren")).hasValueSatisfying(siren -> {
                assertThat(siren.state()).isEqualTo(IntegrationState.DEGRADED);
                assertThat(siren.code()).isEqualTo("EVENTS_MISSING");
                assertThat(siren.reason()).contains("detections.gate 1-2");
            });
        }
    }

    @Test
    void shouldForgetTheAccountOfASinkThatIsRemoved() throws Exception {
        try (var rig = new SinkRig(folder, 1)) {
            // Given
            rig.spine.spine.ensureSink("left", Set.of(Kind.DETECTION), "test");
            rig.publish(Kind.DETECTION, "gate", 1);
            rig.spine.spine.releaseSink("left", "test");
            // When
            assertThat(rig.spine.spine.removeOrphan("sightline.sinks.left")).isTrue();
            // Then
            assertThat(rig.spine.accounts.sinks()).doesNotContain("left");
            rig.spine.spine.ensureSink("left", Set.of(Kind.DETECTION), "test");
            rig.publish(Kind.DETECTION, "gate", 2);
            assertThat(rig.balance("left").accepted()).isEqualTo(1);
            assertThat(rig.balance("left").difference()).isZero();
        }
    }
}
