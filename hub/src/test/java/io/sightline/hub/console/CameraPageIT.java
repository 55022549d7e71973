package io.sightline.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page of a camera, and what the zone editor and the forms reckon with, in a real browser. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CameraPageIT {
    private static final String ESCAPE = "\uE00C";
    private static final String RIGHT = "\uE014";

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

    @Test
    void shouldShowPictureStateFiguresAndDetectionsOfACamera() throws Exception {
        visit.open("#/cameras/gate");

        visit.until("document.querySelector('#page .camera-main > .picture img').naturalWidth > 0");
        visit.until("document.querySelector('#page .camera-side .state').textContent === 'Online'");
        visit.until("document.querySelector('#page [aria-label=Figures]').textContent.includes('Frames handled')");
        visit.until("document.querySelector('#page [aria-label=Figures]').textContent.includes('Looked at within')");
        visit.until("document.querySelector('#page .recent-list .thumb img[data-cropped]')");
        assertThat(visit.browser().eval("return document.title").asText()).isEqualTo("Main gate · Sightline");
        visit.picture("camera-page");
    }

    @Test
    void shouldSayWhatToDoAboutACameraThatIsSwitchedOff() throws Exception {
        visit.open("#/cameras/dock");

        visit.until("document.querySelector('#page .camera-side .state').textContent === 'Disabled'");
        visit.until("document.querySelector('#page .advice').textContent.includes('switched off')");
        visit.until("!document.querySelector('#page .no-picture').hidden");
    }

    @Test
    void shouldGoToTheNextCameraAndBackToTheWallByKeys() throws Exception {
        visit.open("#/cameras/gate");
        visit.until("document.querySelector('#page [data-title]').textContent === 'Main gate'");

        visit.browser().press(RIGHT);
        visit.until("location.hash === '#/cameras/dock'");
        visit.browser().press(ESCAPE);

        visit.until("document.getElementById('page').hidden && !document.getElementById('home').hidden");
        visit.until("document.activeElement.closest('[data-camera=dock]')");
        visit.until("document.querySelector('[data-camera=gate] .mode').textContent === 'Live'");
    }

    @Test
    void shouldSayThatThereIsNoSuchCamera() throws Exception {
        visit.open("#/cameras/%3Cb%3E");

        visit.until("document.querySelector('#page .blank').textContent.includes('No such camera')");
        visit.until("document.querySelector('#page [data-title]').textContent === '<b>'");
    }

    @Test
    void shouldShowBoxesAndSayWhyWhereACameraSendsNoVideoThatABrowserPlays() throws Exception {
        visit.browser().eval("localStorage.setItem('sightline-overlay', 'smooth')");
        visit.open("#/cameras/dock");
        visit.open("#/cameras/gate");

        visit.until("document.querySelector('#page .picture img').src.includes('overlay=boxes')");
        visit.until(
                "document.querySelector('#page .picture-note').textContent.includes('No smooth video: this source has')");
    }

    /** The last one: who looks afterwards may do less. */
    @Test
    @Order(Integer.MAX_VALUE)
    void shouldOfferNoChangesToViewers() throws Exception {
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
        assertThat(visit.holds("document.getElementById('add-camera').hidden")).isTrue();
        visit.open("#/cameras/gate/zones");
        visit.until("document.querySelector('#page .camera-live')");
        assertThat(visit.holds("document.querySelector('#page .parts')")).isFalse();
        visit.open("#/add-camera");
        visit.until("document.querySelector('#page').textContent.includes('Only for administrators')");
        visit.open("#/configuration");
        visit.until("document.querySelector('#page').textContent.includes('Only for operators')");
    }

    /** A camera's large picture may be 4:3 where the frame that was looked at is 16:9. */
    @Test
    void shouldPutABoxWhereItIsInAPictureOfAnotherShape() throws Exception {
        String detection =
                "{ frame: { width: 640, height: 360 }, bounding_box: { x: 64, y: 36, width: 128, height: 180 } }";

        var box = visit.ask("snapshot.js", "m.boxIn({ naturalWidth: 1280, naturalHeight: 960 }, " + detection + ")");

        assertThat(box.path("x").asDouble()).isEqualTo(128);
        assertThat(box.path("y").asDouble()).isEqualTo(96);
        assertThat(box.path("width").asDouble()).isEqualTo(256);
        assertThat(box.path("height").asDouble()).isEqualTo(480);
    }

    @Test
    void shouldRefusePolygonsWhoseSidesCross() throws Exception {
        assertThat(visit.ask("geometry.js", "m.polygonProblem([[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]])")
                        .asText())
                .isEmpty();
        assertThat(visit.ask("geometry.js", "m.polygonProblem([[0, 0], [1, 1], [1, 0], [0, 1]])")
                        .asText())
                .contains("1–2, 3–4");
        assertThat(visit.ask("geometry.js", "m.polygonProblem([[0, 0], [1, 0], [0.5, 0]])")
                        .asText())
                .contains("touch or cross");
        assertThat(visit.ask("geometry.js", "m.polygonProblem([[0, 0], [1, 0]])")
                        .asText())
                .contains("at least 3");
    }

    @Test
    void shouldPointFromTheLeftOfALineToItsRight() throws Exception {
        var arrow = visit.ask("geometry.js", "m.arrowAcross([[0.5, 1], [0.5, 0]], { width: 100, height: 100 }, 10)");

        assertThat(arrow.path("start").toString()).isEqualTo("[45,50]");
        assertThat(arrow.path("end").toString()).isEqualTo("[55,50]");
    }

    @Test
    void shouldBringTogetherWhatTwoChanged() throws Exception {
        String base = "{ uri: 'a', zones: { x: { crowd: 1 }, y: { crowd: 1 } } }";
        String mine = "{ uri: 'a', zones: { x: { crowd: 2 }, z: {} } }";
        String theirs = "{ uri: 'b', zones: { x: { crowd: 3 }, y: { crowd: 1 } } }";

        var merged = visit.ask("merge.js", "m.merge(" + base + ", " + mine + ", " + theirs + ")");

        assertThat(merged.path("value").toString())
                .isEqualTo("{\"uri\":\"b\",\"zones\":{\"x\":{\"crowd\":2},\"z\":{}}}");
        assertThat(merged.path("conflicts").toString()).isEqualTo("[[\"zones\",\"x\",\"crowd\"]]");
    }

    @Test
    void shouldLeaveAloneWhatNobodyTyped() throws Exception {
        var keys = visit.ask(
                "camera-fields.js",
                "m.fill({ uri: 'a', password: null, zones: {} },"
                        + " { uri: 'b', password: undefined, name: '', enabled: true, transport: 'udp', 'detect-fps': '5' })");

        assertThat(keys.toString())
                .isEqualTo("{\"detect-fps\":5,\"password\":null,\"transport\":\"udp\",\"uri\":\"b\",\"zones\":{}}");
    }

    @Test
    void shouldKeepWhatIsNotDrawnAndUndoAMoveAsOne() throws Exception {
        String drawing =
                "const d = new m.Drawing({ uri: 'a', zones: { x: { polygon: [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5]],"
                        + " crowd: 5 } } }); d.beginMove(); d.move('zones', 'x', 0, [0.2, 0.2]); d.move('zones', 'x', 0, [-1, 0.3]);";

        var moved = visit.ask("drawing.js", "(() => { " + drawing + " return d.keys(); })()");
        var undone = visit.ask("drawing.js", "(() => { " + drawing + " d.undo(); return [d.keys(), d.changed]; })()");

        assertThat(moved.at("/zones/x").toString())
                .isEqualTo("{\"crowd\":5,\"polygon\":[[0,0.3],[0.5,0.1],[0.5,0.5]]}");
        assertThat(undone.at("/0/zones/x/polygon/0").toString()).isEqualTo("[0.1,0.1]");
        assertThat(undone.at("/1").asBoolean()).isFalse();
    }
}
