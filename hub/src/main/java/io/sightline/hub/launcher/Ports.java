package io.sightline.hub.launcher;

import io.sightline.hub.settings.PortSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.springframework.boot.web.server.PortInUseException;

/** Which ports a start takes: as configured, but for what the command line says. */
public final class Ports {
    private static final int STANDARD_CORE = 61616;
    private static final int STANDARD_AMQP = 5672;
    private static final int STANDARD_MQTT = 1883;

    private Ports() {}

    /**
     * {@code --port N} puts HTTP on N and management on N + 1. Who says so runs a second hub on one machine: a standard
     * port of the broker that is taken then gives way to a free one.
     */
    public static PortSettings choose(LaunchOptions options, PortSettings configured) {
        if (options.port().isEmpty()) {
            return configured;
        }
        int http = options.port().getAsInt();
        String bind = configured.bind();
        return new PortSettings(
                bind,
                http,
                http == 0 ? 0 : http + 1,
                freeOr(bind, configured.core(), STANDARD_CORE),
                freeOr(bind, configured.amqp(), STANDARD_AMQP),
                freeOr(bind, configured.mqtt(), STANDARD_MQTT));
    }

    /** What to tell people if the start failed for a port of the web server that is taken. */
    public static Optional<UsageException> taken(Throwable failure, PortSettings ports) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                String key = taken.getPort() == ports.management() ? "management" : "http";
                return Optional.of(new UsageException("port " + taken.getPort() + " on " + ports.bind()
                        + " is in use; stop the program that uses it, or choose another with --port or sightline.ports."
                        + key + " in sightline.yaml, 0 for any free one"));
            }
        }
        return Optional.empty();
    }

    private static int freeOr(String bind, int configured, int standard) {
        if (configured != standard) {
            return configured;
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(bind), configured));
            return configured;
        } catch (IOException e) {
            return 0;
        }
    }
}
