package io.sightline.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.spine.DeadLetters;
import io.sightline.hub.spine.Letters;
import io.sightline.hub.spine.Spine;
import io.sightline.processors.Event;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page of the sinks and of their dead letters in a real browser; in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SinksPageIT {
    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static ConsoleVisit visit;

    @BeforeAll
    static void start() throws Exception {
        visit = ConsoleVisit.begin(folder);
        var spine = visit.hub().bean(Spine.class);
        spine.ensureSink("mail", Set.of(Event.Kind.ALERT), "test");
        var letters = visit.hub().bean(DeadLetters.class);
        for (int i = 0; i < 3; i++) {
            Letters.add(
                    letters,
                    "{\"id\":\"" + i + "\",\"type\":\"<b>io.sightline.alert.opened</b>\"}",
                    "sightline.sinks.siren");
        }
        await().until(() -> letters.count() == 3);
        spine.ensureSink("siren", Set.of(Event.Kind.ALERT), "test");
    }

    @AfterAll
    static void stop() throws Exception {
        if (visit != null) {
            visit.close();
        }
    }

    private static String cell(String sink, int column) {
        return "document.querySelector('[data-sink=" + sink + "]').cells[" + column + "].textContent";
    }

    @Test
    @Order(1)
    void shouldShowTheAccountOfEachSink() throws Exception {
        visit.open("#/sinks");

        visit.until(cell("store", 1) + ".includes('Online')");
        visit.until("Number(" + cell("store", 3) + ") > 0");
        visit.until(cell("store", 9) + " === '0'");
        visit.until(cell("siren", 7) + " === '3'");
        visit.until(cell("siren", 9) + " === '0'");
        visit.until("document.querySelectorAll('.letter').length === 3");
        assertThat(visit.browser().eval("return document.title").asText()).isEqualTo("Sinks · Sightline");
        visit.picture("sinks");
    }

    @Test
    @Order(2)
    void shouldShowTheEventOfALetterAsText() throws Exception {
        visit.browser().click(".letter button");

        visit.until(
                "document.querySelector('.letters .written').textContent.includes('<b>io.sightline.alert.opened</b>')");
        visit.until("document.querySelector('.letter button').getAttribute('aria-expanded') === 'true'");
        visit.picture("sinks-letter");
    }

    @Test
    @Order(3)
    void shouldReplayALetterToAnotherSink() throws Exception {
        visit.browser()
                .eval("const to = document.querySelector('.letter select');"
                        + "to.value = 'mail'; to.dispatchEvent(new Event('change'))");
        visit.browser().click(".letter select + button");

        visit.until("document.querySelectorAll('.letter').length === 2");
        visit.until(cell("mail", 6) + " === '1'");
        visit.until(cell("mail", 9) + " === '0'");
        visit.until(cell("siren", 5) + " === '1'");
    }

    @Test
    @Order(4)
    void shouldRemoveAllAtTheSecondPress() throws Exception {
        visit.browser().click(".letters-head button:last-child");
        assertThat(visit.holds("document.querySelectorAll('.letter').length === 2"))
                .isTrue();
        visit.browser().click(".letters-head button:last-child");

        visit.until("document.querySelector('.letters .blank')");
        visit.until("document.getElementById('toast').textContent.includes('2 letters removed')");
        visit.until(cell("siren", 7) + " === '0'");
    }

    @Test
    @Order(5)
    void shouldFitOnAPhone() throws Exception {
        visit.browser().emulatePhone();
        visit.until("innerWidth === 390");

        assertThat(visit.browser()
                        .eval("return document.documentElement.scrollWidth")
                        .asInt())
                .isEqualTo(390);
        visit.picture("phone-sinks");
        assertThat(visit.browser().errors()).isEmpty();
    }

    @Test
    @Order(6)
    void shouldShowNoLettersToViewers() throws Exception {
        var made = visit.hub()
                .send(HttpRequest.newBuilder(visit.hub().at("/api/v1/users"))
                        .header("Authorization", "Bearer " + visit.token())
                        .header("Content-Type", "application/json")
                        .POST(RunningHub.body(Map.of(
                                "username", "vera", "password", RunningHub.PASSWORD, "roles", List.of("viewer"))))
                        .build());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        visit.logIn("vera");
        visit.until("document.getElementById('menu-user').textContent === 'vera'");

        visit.open("#/sinks");

        visit.until(cell("store", 9) + " === '0'");
        assertThat(visit.holds("document.querySelector('.letters').childElementCount === 0"))
                .isTrue();
    }
}
