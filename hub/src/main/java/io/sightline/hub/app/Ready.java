package io.sightline.hub.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.data.DataFolder;
import io.sightline.hub.launcher.StopSignal;
import io.sightline.hub.settings.PortSettings;
import io.sightline.hub.spine.SpinePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * Tells people and programs where the hub can be reached, once all of its own parts are up. What it prints goes to
 * standard output, apart from the log.
 */
final class Ready {
    private final DataFolder data;
    private final PortSettings configured;
    private final SpinePorts spine;
    private final StopSignal stop;
    private volatile int http;
    private volatile int management;

    Ready(DataFolder data, PortSettings configured, SpinePorts spine, StopSignal stop) {
        this.data = data;
        this.configured = configured;
        this.spine = spine;
        this.stop = stop;
    }

    @EventListener
    void webServerStarted(WebServerInitializedEvent event) {
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            management = event.getWebServer().getPort();
        } else {
            http = event.getWebServer().getPort();
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        writePorts();
        String host = "0.0.0.0".equals(configured.bind()) ? "127.0.0.1" : configured.bind();
        System.out.println("Sightline is ready: http://" + host + ":" + http);
        System.out.println("  Hawtio    http://" + host + ":" + management);
        System.out.println("  Messages  MQTT " + spine.mqtt() + ", AMQP 1.0 " + spine.amqp() + ", JMS (CORE) "
                + spine.core() + ", all on " + configured.bind());
        System.out.println("  Log in    " + login());
        System.out.flush();
        if (Boolean.getBoolean("sightline.leave-when-ready")) {
            stop.close();
        }
    }

    private String login() {
        Path password = data.initialAdminPassword();
        if (!Files.exists(password)) {
            return "user admin, with the password that was set";
        }
        if (System.console() == null) {
            return "user admin, password in " + password;
        }
        try {
            return "user admin, password " + Files.readString(password).strip() + " (to be changed at the first login)";
        } catch (IOException e) {
            return "user admin, password in " + password;
        }
    }

    private void writePorts() {
        var ports = new LinkedHashMap<String, Object>();
        ports.put("http", http);
        ports.put("management", management);
        ports.put("core", spine.core());
        ports.put("amqp", spine.amqp());
        ports.put("mqtt", spine.mqtt());
        ports.put("pid", ProcessHandle.current().pid());
        try {
            Path fresh = data.portsFile().resolveSibling("ports.json.new");
            Files.writeString(
                    fresh, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(ports));
            Files.move(fresh, data.portsFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + data.portsFile(), e);
        }
    }
}
