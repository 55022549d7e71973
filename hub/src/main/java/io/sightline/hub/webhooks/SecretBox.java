package io.sightline.hub.webhooks;

import io.sightline.hub.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Closes what is secret before it goes into the database: AES-256-GCM with a key that lies in the data folder (mode
 * 0600), so that the database or a copy of it alone tells nothing. Any thread.
 */
final class SecretBox {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @throws IllegalStateException if the file holds something else than a key */
    SecretBox(Path file) {
        this.key = new SecretKeySpec(key(file), "AES");
    }

    private static byte[] key(Path file) {
        try {
            if (!Files.exists(file)) {
                var fresh = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(fresh);
                AtomicFile.writeSecret(file, fresh);
            }
            byte[] kept = Files.readAllBytes(file);
            if (kept.length != KEY_BYTES) {
                throw new IllegalStateException(file + ": got " + kept.length + " bytes, a key has " + KEY_BYTES
                        + "; restore it from a backup");
            }
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read or written", e);
        }
    }

    /** @param owner what it belongs to; it can be opened for the same only */
    byte[] close(byte[] open, String owner) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(open);
            return ByteBuffer.allocate(NONCE_BYTES + closed.length)
                    .put(nonce)
                    .put(closed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /** @throws GeneralSecurityException if it was closed with another key or for another owner, or was changed */
    byte[] open(byte[] closed, String owner) throws GeneralSecurityException {
        if (closed.length < NONCE_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        byte[] nonce = Arrays.copyOf(closed, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(closed, NONCE_BYTES, closed.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
