package io.sightline.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A camera's own video in a real browser: live, as clips, and what is shown instead where there is none. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SmoothVideoIT {
    private static final String VIDEO = "document.querySelector('#page .picture video')";
    private static final String IMAGE = "document.querySelector('#page .picture img')";
    private static final String NOTE = "document.querySelector('#page .picture-note').textContent";

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static ConsoleVisit visit;

    @BeforeAll
    static void start() throws Exception {
        Path video = StreetVideo.write(folder.resolve("street.mp4"));
        visit = ConsoleVisit.begin(folder, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  detectors:
                    movers: { type: motion }
                  cameras:
                    yard:
                      uri: "file:%s"
                      detector: movers
                      clips: { enabled: true, before: 1s, after: 1s, longest: 5s }
                    drawn: { uri: "demo:crossing", detector: movers }
                """.formatted(video));
        assumeTrue(
                visit.holds("window.MediaSource && MediaSource.isTypeSupported('video/mp4; codecs=\"avc1.64001f\"')"),
                "this browser has no H.264: the cameras' own video is not tried in it");
    }

    @AfterAll
    static void stop() throws Exception {
        if (visit != null) {
            visit.close();
        }
    }

    @Test
    @Order(1)
    void shouldPlayTheCamerasOwnVideo() throws Exception {
        visit.open("#/cameras/yard");

        visit.until(VIDEO + ".currentTime > 2 && !" + VIDEO + ".hidden");
        visit.until("document.querySelector('#page .picture .mode').textContent === 'Live video'");
        assertThat(visit.holds("document.querySelector('#page select.overlays').value === 'smooth'"))
                .isTrue();
        assertThat(visit.holds(VIDEO + ".videoWidth === 320 && " + IMAGE + ".hidden && " + NOTE + " === ''"))
                .isTrue();
        visit.picture("smooth-video");
    }

    @Test
    @Order(2)
    void shouldPlayTheClipOfADetection() throws Exception {
        visit.until("document.querySelector('#page .recent-list .clip')");
        visit.browser()
                .eval("document.querySelector('#page .recent-list li:last-child .clip').closest('button').click()");
        visit.until("document.querySelector('#detail [data-name=play-clip]')");
        String href = visit.browser()
                .eval("return document.querySelector('#detail a[download$=mp4]').getAttribute('href')")
                .asText();
        await().atMost(Duration.ofSeconds(30)).until(() -> status(href) == 200);

        visit.browser().click("#detail [data-name=play-clip]");

        visit.until("document.querySelector('#detail video').currentTime > 1");
        assertThat(visit.holds("document.querySelector('#detail video').videoWidth === 320"))
                .isTrue();
        visit.picture("clip");
        visit.browser().eval("document.getElementById('detail').close()");
    }

    @Test
    @Order(3)
    void shouldShowPicturesAndSayWhyWhereThereIsNoVideo() throws Exception {
        visit.open("#/cameras/drawn");

        visit.until(IMAGE + ".naturalWidth > 0 && " + IMAGE + ".src.includes('overlay=boxes')");
        visit.until(NOTE + ".includes('No smooth video: this source has no video of its own')");
        assertThat(visit.holds(VIDEO + ".hidden")).isTrue();
    }

    @Test
    @Order(4)
    void shouldShowPicturesAsSoonAsTheCameraHasPrivacy() throws Exception {
        visit.open("#/cameras/yard");
        visit.until(VIDEO + ".currentTime > 1");

        int changed = put(
                "yard",
                "{\"uri\":\"file:" + folder.resolve("street.mp4")
                        + "\",\"detector\":\"movers\",\"privacy\":{\"regions\":"
                        + "{\"door\":{\"polygon\":[[0.1,0.1],[0.3,0.1],[0.3,0.3]]}}}}");

        assertThat(changed).isEqualTo(200);
        visit.until(NOTE + ".includes('No smooth video: the camera has privacy')");
        visit.until(IMAGE + ".naturalWidth > 0 && !" + IMAGE + ".hidden");
        assertThat(visit.holds(VIDEO + ".hidden")).isTrue();
    }

    @Test
    @Order(5)
    void shouldHaveNoErrorsInTheBrowsersLog() throws Exception {
        assertThat(visit.browser().errors()).isEmpty();
    }

    private static int status(String path) throws Exception {
        return visit.hub().send(request(path).GET().build()).statusCode();
    }

    private static int put(String camera, String keys) throws Exception {
        return visit.hub()
                .send(request("/api/v1/cameras/" + camera)
                        .header("Content-Type", "application/json")
                        .header("If-Match", "*")
                        .PUT(HttpRequest.BodyPublishers.ofString(keys))
                        .build())
                .statusCode();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(visit.hub().at(path)).header("Authorization", "Bearer " + visit.token());
    }
}
