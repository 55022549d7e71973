package io.sightline.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that were looked for and found, added in a real browser. */
@Timeout(600)
class CameraSearchIT {
    private static final String HOST = "192.0.2.33";
    private static final String SUBMIT = "#page form [type=submit]";

    /** What the hub tells of a webcam; machines that build have none. */
    private static final String WEBCAM = "{ kind: 'usb', name: 'HD <b>Webcam', address: 'v4l2:id=usb-webcam_1A2B',"
            + " id: 'id=usb-webcam_1A2B', model: 'mjpeg 1280x720 at 30/s', hint: 'webcam: { … }',"
            + " proposal: { id: 'webcam', uri: 'v4l2:id=usb-webcam_1A2B' } }";

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

    /** A page of its own for each test: no stub of another is left. */
    @BeforeEach
    void open() throws Exception {
        visit.browser().go(visit.hub().at("/"));
        visit.until("document.querySelector('[data-camera=gate]')");
    }

    /** @param found what the hub is made to tell, in place of what it finds */
    private static void pretend(String found) throws Exception {
        visit.browser()
                .eval("const ask = window.fetch; window.fetch = (address, how) =>"
                        + " String(address).endsWith('/discovery/cameras')"
                        + " ? Promise.resolve(Response.json({ discovered: [" + found + "] })) : ask(address, how)");
    }

    private static void search() throws Exception {
        visit.open("#/add-camera");
        visit.until("document.querySelector('[data-name=search]')");
        visit.browser().click("[data-name=search]");
    }

    private static String written() throws Exception {
        return Files.readString(folder.resolve("config").resolve("sightline.yaml"));
    }

    @Test
    void shouldAddADeviceThatAnswersOnTheNetwork() throws Exception {
        try (var device = new AnsweringDevice("ACME-7", HOST)) {
            assumeTrue(device.hears(), "no network of this machine has multicast: nothing can answer a search");
            search();
            visit.until("document.querySelector('[data-take=acme-7]')");
            visit.picture("found-cameras");

            // When: only what no search can tell is typed, the path first, because it has the focus
            visit.browser().click("[data-take=acme-7]");
            visit.until("document.activeElement.id === 'field-uri'");
            for (char key : "stream2".toCharArray()) {
                visit.browser().press(String.valueOf(key));
            }
            visit.browser().type("#field-username", "hub");
            visit.browser().type("#field-password", "correct-horse");
            visit.browser().click(SUBMIT);

            // Then
            visit.until("location.hash === '#/cameras/acme-7' && document.querySelector('.camera-live')");
            assertThat(written())
                    .contains("acme-7:", "rtsp://" + HOST + "/stream2", "people")
                    .doesNotContain("correct-horse");
            search();
            visit.until("document.querySelector('.found').textContent.includes('There is a camera acme-7 already')");
        }
    }

    @Test
    void shouldAddAUsbCameraWithOnePress() throws Exception {
        pretend(WEBCAM);
        search();
        visit.until("document.querySelector('[data-take=webcam]')");
        assertThat(visit.holds("document.querySelector('.found strong').textContent === 'HD <b>Webcam'"))
                .isTrue();
        visit.browser().click("[data-take=webcam]");
        visit.until("document.activeElement.matches('" + SUBMIT + "')");

        visit.browser().click(SUBMIT);

        visit.until("location.hash === '#/cameras/webcam' && document.querySelector('.camera-live')");
        assertThat(written()).contains("v4l2:id=usb-webcam_1A2B");
        visit.until("document.querySelector('#page .camera-side .state').textContent === 'Offline'");
    }

    @Test
    void shouldSayWhatToCheckWhereNothingIsFound() throws Exception {
        pretend("");

        search();

        visit.until("document.querySelector('.discovery .panel-note').textContent.includes('ONVIF is switched on')");
    }
}
