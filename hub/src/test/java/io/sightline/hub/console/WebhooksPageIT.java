package io.sightline.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks registered and tried in a real browser. */
@Timeout(600)
class WebhooksPageIT {
    private static final String SUBMIT = "#page form [type=submit]";

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static ConsoleVisit visit;
    private static HttpServer receiver;

    private static final AtomicInteger STATUS = new AtomicInteger(204);

    @BeforeAll
    static void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(STATUS.get(), -1);
            exchange.close();
        });
        receiver.start();
        visit = ConsoleVisit.begin(folder, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  webhook-networks: [127.0.0.0/8]
                  detectors:
                    people: { type: hog }
                  cameras:
                    gate: { name: Main gate, uri: "demo:crossing", detector: people }
                """);
    }

    @AfterAll
    static void stop() throws Exception {
        if (visit != null) {
            visit.close();
        }
        receiver.stop(0);
    }

    @Test
    void shouldAddTryDisableAndDeleteAWebhook() throws Exception {
        // Given
        visit.browser().click("#menu-button");
        visit.until("document.querySelector('#menu a[href=\"#/webhooks\"]')");
        visit.browser().click("#menu a[href=\"#/webhooks\"]");
        visit.until("document.querySelector('.webhooks .blank')");
        // When: what is wrong is told beside the field, and by the hub
        visit.browser().click(SUBMIT);
        visit.until("document.querySelector('#field-url[aria-invalid]')");
        visit.browser().type("#field-url", "http://10.0.0.1/");
        visit.browser().click(SUBMIT);
        visit.until("document.querySelector('#page .message').textContent.includes('webhook-networks')");
        // When
        visit.browser().eval("document.getElementById('field-url').value = ''");
        visit.browser()
                .type("#field-url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks?token=x");
        visit.browser().type("#field-description", "<b>Ticket system");
        visit.browser().click(SUBMIT);
        // Then
        visit.until("document.querySelector('[data-name=secret]').textContent.startsWith('whsec_')");
        visit.until("document.querySelector('[data-webhook] strong').textContent === '<b>Ticket system'");
        // When, Then: tried, and seen in its log
        visit.browser().click("[data-webhook] [data-name=test]");
        visit.until("document.getElementById('toast').textContent === 'Delivered: answered 204'");
        STATUS.set(500);
        visit.browser().click("[data-webhook] [data-name=test]");
        visit.until("document.getElementById('toast').textContent === 'Not delivered: answered 500'");
        visit.browser().click("[data-webhook] [data-name=deliveries]");
        visit.until("document.querySelectorAll('.deliveries tbody tr').length > 0");
        visit.picture("webhooks");
        // When, Then
        visit.browser().click("[data-webhook] [data-name=toggle]");
        visit.until("document.querySelector('[data-webhook] .state.disabled')");
        visit.browser().click("[data-webhook] [data-name=delete]");
        visit.browser().click("[data-webhook] [data-name=delete]");
        visit.until("!document.querySelector('[data-webhook]')");
        assertThat(visit.holds("document.querySelector('.webhooks .blank')")).isTrue();
    }
}
