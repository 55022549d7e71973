package io.sightline.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
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

/** The console of a whole hub in a real browser, from the first login on; one person's way through it, in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ESCAPE = "\uE00C";
    private static final String ENTER = "\uE007";

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static RunningHub hub;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        var driver = Browser.driver();
        assumeTrue(driver.isPresent(), "no chromedriver on the PATH: the console is not tried in a browser");
        hub = RunningHub.start(folder);
        browser = Browser.open(driver.get(), folder.resolve("profile"));
        browser.resize(1440, 900);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (hub != null) {
            hub.close();
        }
    }

    private static boolean holds(String expression) throws Exception {
        return browser.eval("return Boolean(" + expression + ")").asBoolean();
    }

    private static void until(String expression) {
        await(expression).atMost(PATIENCE).ignoreExceptions().until(() -> holds(expression));
    }

    private static void picture(String name) throws Exception {
        browser.screenshot(Files.createDirectories(Path.of("target", "console")).resolve(name + ".png"));
    }

    @Test
    @Order(1)
    void shouldLeadStrangersToTheLogin() throws Exception {
        browser.go(hub.at("/"));

        until("location.pathname === '/login' && document.getElementById('username')");
        picture("login");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    @Order(2)
    void shouldTellThatAPasswordIsWrong() throws Exception {
        browser.type("#username", "admin");
        browser.type("#password", "not-the-password");
        browser.click("#login [type=submit]");

        until("document.getElementById('message').textContent.includes('wrong')");
        assertThat(browser.errors()).allMatch(line -> line.contains("401"));
    }

    @Test
    @Order(3)
    void shouldAskForANewPasswordAtTheFirstLogin() throws Exception {
        browser.eval("document.getElementById('password').value = ''");
        browser.type("#password", hub.initialPassword());
        browser.click("#login [type=submit]");
        until("!document.getElementById('change').hidden");

        browser.type("#new-password", RunningHub.PASSWORD);
        browser.type("#repeat-password", RunningHub.PASSWORD);
        browser.click("#change [type=submit]");

        until("location.pathname === '/' && document.getElementById('wall')");
    }

    @Test
    @Order(4)
    void shouldShowTheMovingPictureOfACamera() {
        until("document.querySelector('[data-camera=gate] img').naturalWidth > 0");
        until("document.querySelector('[data-camera=gate] .mode').textContent === 'Live'");
        until("document.querySelector('[data-camera=dock] .state').textContent === 'Disabled'");
    }

    @Test
    @Order(5)
    void shouldListDetectionsWithThumbnailsAsTheyCome() throws Exception {
        until("document.querySelector('#feed .row .what').textContent.includes('Person')");
        until("document.querySelector('#feed .thumb img[data-cropped]')");
        until("document.getElementById('connection').dataset.mode === 'live'");
        until("document.querySelectorAll('.integration .state').length >= 4");
        until("document.querySelectorAll('.counter .value')[1].textContent !== '–'");
        picture("laptop");
    }

    @Test
    @Order(6)
    void shouldOpenADetectionWithItsPictureAndCloseIt() throws Exception {
        browser.press("d");
        browser.press(ENTER);
        until("document.querySelector('#detail[open] .overlay rect')");
        picture("detection");

        browser.press(ESCAPE);
        until("!document.getElementById('detail').open");
    }

    @Test
    @Order(7)
    void shouldOpenThePageOfACameraByKey() throws Exception {
        browser.press("c");
        until(
                "document.activeElement.closest('[data-camera=gate]') || document.activeElement.closest('[data-camera]')");
        browser.press("1");
        until("location.hash === '#/cameras/gate'");
        until("document.querySelector('#page .picture img').naturalWidth > 0");
        until("document.querySelector('#page .recent-list .thumb img')");
        picture("camera");
    }

    @Test
    @Order(8)
    void shouldDrawIntoThePictureWhatIsChosen() throws Exception {
        browser.eval("const choice = document.querySelector('#page .overlays');"
                + "choice.value = 'none'; choice.dispatchEvent(new Event('change'))");

        until("document.querySelector('#page .picture img').src.includes('overlay=none')");
        until("document.querySelector('#page .picture img').naturalWidth > 0");
        assertThat(holds("document.querySelector('[data-camera=gate] img').src.includes('overlay=none')"))
                .isFalse();
    }

    @Test
    @Order(9)
    void shouldLetCountsBeginAnewAtTheSecondPress() throws Exception {
        until("document.querySelectorAll('#page .counts tbody tr').length > 0");
        browser.click("#page .counts-foot .button");
        assertThat(holds("document.querySelector('#page .counts-foot p').textContent.includes('beginning')"))
                .isTrue();

        browser.click("#page .counts-foot .button");
        until("document.getElementById('toast').textContent.includes('begin anew')");
        until("!document.querySelector('#page .counts-foot p').textContent.includes('beginning')");

        browser.press(ESCAPE);
        until("document.getElementById('page').hidden");
    }

    @Test
    @Order(10)
    void shouldShowTheShortcuts() throws Exception {
        browser.press("?");
        until("document.querySelector('#help[open] kbd')");
        browser.press(ESCAPE);
        until("!document.getElementById('help').open");
    }

    @Test
    @Order(11)
    void shouldFitOnAPhone() throws Exception {
        browser.emulatePhone();
        until("innerWidth === 390");

        for (String tab : new String[] {"cameras", "detections", "integrations"}) {
            browser.click("[data-tab-to=" + tab + "]");
            until("document.querySelector('[data-panel=" + tab + "]').getBoundingClientRect().width > 300");
            assertThat(browser.eval("return document.documentElement.scrollWidth")
                            .asInt())
                    .isEqualTo(390);
            picture("phone-" + tab);
        }
    }

    @Test
    @Order(12)
    void shouldHaveNoErrorsInTheBrowsersLog() throws Exception {
        assertThat(browser.errors()).filteredOn(ConsoleIT::isNoMissingPart).isEmpty();
    }

    /** A part that this hub does not offer is asked for, and then hidden. */
    private static boolean isNoMissingPart(String line) {
        return !(line.contains("/history") && line.contains("404"));
    }
}
