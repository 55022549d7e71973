package io.sightline.engine.net;

/** User name and password. Does not show them. */
public record Credentials(String username, String password) {
    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
