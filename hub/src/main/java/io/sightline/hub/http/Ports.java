package io.sightline.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** The two ports in use, for links from one to the other: same host as the caller used, no other port. */
public final class Ports {
    private volatile int main;
    private volatile int management;

    @EventListener
    void opened(WebServerInitializedEvent event) {
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            management = event.getWebServer().getPort();
        } else {
            main = event.getWebServer().getPort();
        }
    }

    /** Whether one of the two listens on it. */
    public boolean uses(int port) {
        return port == main || port == management;
    }

    public String main(HttpServletRequest request) {
        return base(request, main);
    }

    public String management(HttpServletRequest request) {
        return base(request, management);
    }

    private static String base(HttpServletRequest request, int port) {
        return request.getScheme() + "://" + request.getServerName() + ":" + port;
    }
}
