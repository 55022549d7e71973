package io.sightline.hub.security;

/** A user's old and new password. */
public record PasswordChange(String current, String wanted) {
    @Override
    public String toString() {
        return "PasswordChange";
    }
}
