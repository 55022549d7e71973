package io.sightline.hub.spine;

/** The ports that the spine listens on, as bound; never 0. */
public record SpinePorts(int core, int amqp, int mqtt) {
    public boolean uses(int port) {
        return port == core || port == amqp || port == mqtt;
    }
}
