package io.sightline.hub.settings;

/**
 * Ports to listen on, 0 to 65535; 0 picks a free one (restart).
 *
 * @param bind address of the network interface, 127.0.0.1 unless configured
 */
public record PortSettings(
        @Setting(value = "Address of the network interface; `0.0.0.0` for all.", standard = "127.0.0.1", restart = true)
        String bind,

        @Setting(value = "Console, REST and WebSocket.", standard = "8080", max = 65535, restart = true)
        int http,

        @Setting(value = "Health, Prometheus and Hawtio.", standard = "8081", max = 65535, restart = true)
        int management,

        @Setting(value = "Artemis CORE (JMS).", standard = "61616", max = 65535, restart = true)
        int core,

        @Setting(value = "AMQP 1.0.", standard = "5672", max = 65535, restart = true)
        int amqp,

        @Setting(value = "MQTT 3.1.1 and 5.", standard = "1883", max = 65535, restart = true)
        int mqtt) {}
