package io.sightline.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Zones drawn, cameras added, changed and removed, and the way back, in a real browser and a real sightline.yaml. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CameraChangeIT {
    private static final String ENTER = "\uE007";
    private static final String DELETE = "\uE017";
    private static final String RIGHT = "\uE014";
    private static final String DOWN = "\uE015";
    private static final String SAVE = ".editor-side .button.primary";

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static ConsoleVisit visit;

    @BeforeAll
    static void start() throws Exception {
        visit = ConsoleVisit.begin(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (visit != null) {
            visit.close();
        }
    }

    private static String written() throws Exception {
        return Files.readString(folder.resolve("config").resolve("sightline.yaml"));
    }

    private static JsonNode configuration(String camera) throws Exception {
        return visit.hub()
                .json(request("/api/v1/cameras/" + camera + "/configuration").build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(visit.hub().at(path))
                .header("Authorization", "Bearer " + visit.token())
                .header("Content-Type", "application/json")
                .header("If-Match", "*");
    }

    private static void edit(String camera) throws Exception {
        visit.open("#/cameras/" + camera + "/zones");
        visit.until(
                "document.querySelector('.board') && document.querySelector('.editor-picture img').naturalWidth > 0");
    }

    private static void type(String selector, String text) throws Exception {
        visit.browser()
                .eval(
                        "const field = document.querySelector('" + selector + "');"
                                + "field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); field.focus()");
        visit.browser().type(selector, text);
    }

    @Test
    @Order(1)
    void shouldDrawAZoneWithTheMouse() throws Exception {
        edit("gate");
        visit.browser().click("[data-add=zones]");
        for (double[] corner : new double[][] {{0.1, 0.5}, {0.9, 0.5}, {0.9, 0.9}, {0.1, 0.9}}) {
            visit.browser().drag(visit.place(corner[0], corner[1]));
        }
        visit.browser().press(ENTER);
        visit.until("document.activeElement.id === 'shape-id'");
        type("#shape-id", "crossing");
        type("#shape-labels", "person");
        type("#shape-dwell", "2s");
        visit.picture("editor");

        visit.browser().click(SAVE);

        visit.until("document.getElementById('toast').textContent.includes('Saved')");
        JsonNode zone = configuration("gate").at("/zones/crossing");
        assertThat(zone.path("labels").toString()).isEqualTo("[\"person\"]");
        assertThat(zone.path("min-dwell").asText()).isEqualTo("2s");
        assertThat(zone.path("polygon")).hasSize(4);
        assertThat(zone.at("/polygon/0/0").asDouble()).isCloseTo(0.1, offset(0.01));
    }

    @Test
    @Order(2)
    void shouldDrawALineByKeysAndTurnIt() throws Exception {
        visit.browser().click("[data-add=lines]");
        visit.until("document.activeElement.classList.contains('board')");
        visit.browser().press(" ");
        for (int times = 0; times < 10; times++) {
            visit.browser().press(RIGHT);
        }
        visit.browser().press(" ");
        visit.until("document.activeElement.id === 'shape-id'");
        type("#shape-id", "kerb");
        visit.browser().click("[data-name=turn]");
        visit.browser().click(SAVE);

        visit.until("document.querySelector('.editor-side .button.primary').disabled");
        assertThat(configuration("gate").at("/lines/kerb/from").toString()).isEqualTo("[0.6,0.5]");
        assertThat(configuration("gate").at("/lines/kerb/to").toString()).isEqualTo("[0.5,0.5]");
    }

    @Test
    @Order(3)
    void shouldMoveAddAndRemovePointsByKeys() throws Exception {
        visit.browser().click("[data-name='zones.crossing']");
        visit.browser().eval("document.querySelector('[data-point=\"0\"]').focus()");
        visit.browser().press(DOWN);
        visit.browser().eval("document.querySelector('[data-side=\"0\"]').focus()");
        visit.browser().press(ENTER);
        visit.until("document.querySelectorAll('[data-point]').length === 5");
        visit.until("document.activeElement.dataset.point === '1'");
        visit.browser().press(DELETE);

        visit.until("document.querySelectorAll('[data-point]').length === 4");
        visit.browser().click(SAVE);
        visit.until("document.querySelector('.editor-side .button.primary').disabled");
        assertThat(configuration("gate").at("/zones/crossing/polygon/0/1").asDouble())
                .isCloseTo(0.51, offset(0.01));
    }

    @Test
    @Order(4)
    void shouldNotSaveSidesThatCross() throws Exception {
        String before = written();
        visit.browser().click("[data-name='zones.crossing']");

        visit.browser().drag(visit.place(0.1, 0.51), visit.place(0.5, 0.7), visit.place(0.95, 0.7));

        visit.until("document.querySelector('.board .bad')");
        visit.until("document.querySelector('.editor-help').textContent.includes('touch or cross')");
        assertThat(visit.holds("document.querySelector('.editor-side .button.primary').disabled"))
                .isTrue();
        visit.picture("editor-crossing-sides");
        visit.browser()
                .eval(
                        "[...document.querySelectorAll('.editor-side .button')].find((one) => one.textContent === 'Undo').click()");
        visit.until("!document.querySelector('.board .bad')");
        assertThat(written()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void shouldAskWhereSomebodyElseChangedTheCameraMeanwhile() throws Exception {
        var theirs = (ObjectNode) configuration("gate");
        theirs.put("location", "South yard");
        var put = visit.hub()
                .send(request("/api/v1/cameras/gate/configuration")
                        .PUT(RunningHub.body(theirs))
                        .build());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);

        type("#shape-dwell", "3s");
        visit.browser().click(SAVE);

        visit.until("document.querySelector('#ask[open]').textContent.includes('location')");
        visit.picture("editor-changed-meanwhile");
        visit.browser().click("#ask .button.primary");
        visit.until("!document.getElementById('ask').open");
        visit.until("document.querySelector('.editor-side .button.primary').disabled");
        assertThat(configuration("gate").path("location").asText()).isEqualTo("South yard");
        assertThat(configuration("gate").at("/zones/crossing/min-dwell").asText())
                .isEqualTo("3s");
    }

    @Test
    @Order(6)
    void shouldAskBeforeWhatIsNotSavedIsThrownAway() throws Exception {
        type("#shape-dwell", "4s");
        visit.open("#/cameras/gate");
        visit.until("document.getElementById('ask').open && location.hash === '#/cameras/gate/zones'");

        visit.browser().eval("document.querySelector('#ask .button').click()");

        visit.until("location.hash === '#/cameras/gate' && document.querySelector('.camera-live')");
        assertThat(configuration("gate").at("/zones/crossing/min-dwell").asText())
                .isEqualTo("3s");
    }

    @Test
    @Order(7)
    void shouldShowWhatTheHubRefusesBesideItsField() throws Exception {
        visit.open("#/cameras/gate/settings");
        visit.until("document.getElementById('field-detector')");
        type("#field-detector", "nobody");
        visit.browser().click("#page form [type=submit]");

        visit.until("document.getElementById('field-detector').getAttribute('aria-invalid') === 'true'");
        visit.until("!document.getElementById('field-detector-wrong').hidden");
        visit.picture("settings-refused");
        type("#field-detector", "people");
        type("#field-name", "Gate north");
        visit.browser().click("#page form [type=submit]");
        visit.until("document.querySelector('#page [data-title]').textContent === 'Gate north'");
    }

    @Test
    @Order(8)
    void shouldAddACameraWhosePasswordIsNeverShown() throws Exception {
        visit.open("#/add-camera");
        visit.until("document.getElementById('field-id')");
        for (var entry : Map.of(
                        "#field-id", "yard",
                        "#field-uri", "rtsp://192.0.2.10/stream2",
                        "#field-username", "hub",
                        "#field-password", "correct-horse",
                        "#field-detector", "people")
                .entrySet()) {
            type(entry.getKey(), entry.getValue());
        }
        visit.picture("add-camera");
        visit.browser().click("#page form [type=submit]");

        visit.until("location.hash === '#/cameras/yard' && document.querySelector('.camera-live')");
        assertThat(written()).contains("yard").doesNotContain("correct-horse");
        visit.open("#/cameras/yard/settings");
        visit.until("document.getElementById('field-password-hint').textContent.includes('leave this empty')");
        assertThat(visit.holds("document.getElementById('field-password').value === ''"))
                .isTrue();
    }

    @Test
    @Order(9)
    void shouldRemoveACameraAtTheSecondPress() throws Exception {
        visit.browser().click("[data-name=remove-camera]");
        assertThat(visit.holds("location.hash === '#/cameras/yard/settings'")).isTrue();
        visit.browser().click("[data-name=remove-camera]");

        visit.until("document.getElementById('page').hidden && !document.querySelector('[data-camera=yard]')");
        assertThat(written()).doesNotContain("yard:");
    }

    @Test
    @Order(10)
    void shouldGoBackToAnEarlierVersion() throws Exception {
        visit.open("#/configuration");
        visit.until("document.querySelectorAll('.revision').length >= 4");
        visit.browser().eval("document.querySelector('.revision .button').click()");
        visit.until("document.querySelector('.written').textContent.includes('cameras:')");
        visit.picture("configuration");

        String back = "document.querySelectorAll('.revision')[1].querySelectorAll('.button')[1]";
        visit.browser().eval(back + ".click(); " + back + ".click()");

        visit.until("document.getElementById('toast').textContent.includes('holds again')");
        visit.until("document.querySelector('.revision').textContent.includes('Back to version')");
        assertThat(written()).contains("yard:");
    }

    @Test
    @Order(11)
    void shouldHaveNoErrorsInTheBrowsersLog() throws Exception {
        assertThat(visit.browser().errors())
                .filteredOn(line -> !line.contains("/history"))
                .allMatch(line -> line.contains("412") || line.contains("422"));
    }
}
