package io.sightline.hub.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Hashes and checks passwords, a few at a time, because each takes a tenth of a second of a processor. */
final class Passwords {
    static final int SHORTEST = 8;
    /** bcrypt looks at no more bytes. */
    static final int LONGEST_BYTES = 72;

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final long PATIENCE_SECONDS = 3;

    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final SecureRandom random = new SecureRandom();
    private final Semaphore checks =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final String nobody = encoder.encode("nobody has this password");

    /** Outcome of a check. */
    enum Check {
        RIGHT,
        WRONG,
        BUSY
    }

    /** Takes as long for a user that does not exist. */
    Check check(String password, @Nullable String hash) {
        boolean checkable = password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
        return inTurn(() ->
                encoder.matches(checkable ? password : "", hash == null ? nobody : hash) && checkable && hash != null);
    }

    private Check inTurn(BooleanSupplier work) {
        try {
            if (!checks.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Check.BUSY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.BUSY;
        }
        try {
            return work.getAsBoolean() ? Check.RIGHT : Check.WRONG;
        } finally {
            checks.release();
        }
    }

    String hash(String password) {
        requireAllowed(password);
        return encoder.encode(password);
    }

    static void requireAllowed(String password) {
        if (password.length() < SHORTEST || password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw new AccountException(
                    AccountException.Kind.INVALID,
                    "a password has at least " + SHORTEST + " characters and at most " + LONGEST_BYTES
                            + " bytes in UTF-8");
        }
    }

    String invent() {
        var word = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }
}
