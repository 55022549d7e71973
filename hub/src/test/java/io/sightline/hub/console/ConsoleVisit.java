package io.sightline.hub.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A whole hub, and the administrator in front of its console in a real browser. */
final class ConsoleVisit implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningHub hub;
    private final Browser browser;
    private final String token;

    private ConsoleVisit(RunningHub hub, Browser browser, String token) {
        this.hub = hub;
        this.browser = browser;
        this.token = token;
    }

    /** What opens a hub in a folder. */
    @FunctionalInterface
    private interface Start {
        RunningHub in(Path folder) throws IOException;
    }

    static ConsoleVisit begin(Path folder) throws Exception {
        return begin(folder, RunningHub::start);
    }

    /** @param settings the text of sightline.yaml, with ports of 0 */
    static ConsoleVisit begin(Path folder, String settings) throws Exception {
        return begin(folder, in -> RunningHub.start(in, settings));
    }

    private static ConsoleVisit begin(Path folder, Start start) throws Exception {
        var driver = Browser.driver();
        assumeTrue(driver.isPresent(), "no chromedriver on the PATH: the console is not tried in a browser");
        RunningHub hub = start.in(folder);
        var visit = new ConsoleVisit(hub, Browser.open(driver.get(), Files.createTempDirectory("visit")), hub.token());
        visit.browser.resize(1440, 900);
        visit.logIn("admin");
        return visit;
    }

    /** @param user one whose password is {@link RunningHub#PASSWORD} */
    void logIn(String user) throws IOException, InterruptedException {
        browser.go(hub.at("/login"));
        until("document.getElementById('username')");
        browser.type("#username", user);
        browser.type("#password", RunningHub.PASSWORD);
        browser.click("#login [type=submit]");
        until("location.pathname === '/' && document.querySelector('[data-camera]')");
    }

    RunningHub hub() {
        return hub;
    }

    Browser browser() {
        return browser;
    }

    /** For calls of the REST interface as the administrator. */
    String token() {
        return token;
    }

    /** @param hash what follows the address of the console, for example {@code #/cameras/gate} */
    void open(String hash) throws IOException, InterruptedException {
        browser.eval("location.hash = '" + hash + "'");
    }

    boolean holds(String expression) throws IOException, InterruptedException {
        return browser.eval("return Boolean(" + expression + ")").asBoolean();
    }

    void until(String expression) {
        await(expression).atMost(PATIENCE).ignoreExceptions().until(() -> holds(expression));
    }

    /** @return what an expression over a module of the console gives, for example {@code m.same([0, 0], [0, 0])} */
    JsonNode ask(String module, String expression) throws IOException, InterruptedException {
        browser.eval("import('/console/" + module + "').then((m) => (window.asked = m))");
        until("window.asked");
        JsonNode answer = browser.eval("const m = window.asked; return " + expression);
        browser.eval("delete window.asked");
        return answer;
    }

    /** Where a place of the picture is on the screen, in pixels; the place in fractions of the picture. */
    int[] place(double x, double y) throws IOException, InterruptedException {
        JsonNode at = browser.eval("const board = document.querySelector('.board');"
                + "const { width, height } = board.viewBox.baseVal;"
                + "const at = new DOMPoint(" + x + " * width, " + y
                + " * height).matrixTransform(board.getScreenCTM());"
                + "return [Math.round(at.x), Math.round(at.y)]");
        return new int[] {at.path(0).asInt(), at.path(1).asInt()};
    }

    void picture(String name) throws IOException, InterruptedException {
        browser.screenshot(Files.createDirectories(Path.of("target", "console")).resolve(name + ".png"));
    }

    @Override
    public void close() throws IOException {
        browser.close();
        hub.close();
    }
}
