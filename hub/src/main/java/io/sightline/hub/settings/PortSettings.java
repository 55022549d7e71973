package io.sightline.hub.settings;

/**
 * Ports to listen on; 0 picks a free one (restart).
 *
 * @param bind address of the network interface, 127.0.0.1 unless configured
 */
public record PortSettings(String bind, int http, int management, int core, int amqp, int mqtt) {}
