package io.sightline.hub.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Two certificates for {@code localhost}, made by the JDK's own tool: one that a spine under proof trusts, one that
 * nobody knows.
 *
 * @param store what a process has to trust, a key store with {@link #PASSWORD}
 */
record Certificates(SSLContext trusted, SSLContext stranger, Path store) {
    /** Of stores that live as long as a proof. */
    static final String PASSWORD = "for-a-proof-only";

    private static final long PATIENCE_SECONDS = 60;

    static Certificates make(Path folder) throws IOException, InterruptedException {
        Path trusted = folder.resolve("trusted.p12");
        Path stranger = folder.resolve("stranger.p12");
        return new Certificates(context(trusted), context(stranger), trusted);
    }

    private static SSLContext context(Path file) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IOException("the JDK's keytool made no certificate in " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the certificate in " + file + ": " + e.getMessage(), e);
        }
    }
}
