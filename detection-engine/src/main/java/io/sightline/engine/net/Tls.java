package io.sightline.engine.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate a camera must show. A pin takes the place of all other checks; without one the certificate must be
 * valid, name the host, and lead to an issuer that is trusted.
 *
 * @param verify false: any certificate will do, so that anybody on the way can be the camera
 * @param pin SHA-256 of the camera's certificate, 64 hex digits in lower case
 * @param caFile certificates of trusted issuers (PEM), instead of those that come with Java
 */
public record Tls(boolean verify, Optional<String> pin, Optional<Path> caFile) {
    private static final Pattern PIN = Pattern.compile("[0-9a-f]{64}");

    /** Checked against the issuers that come with Java. */
    public static final Tls STANDARD = new Tls(true, Optional.empty(), Optional.empty());

    public Tls {
        pin = pin.map(Tls::normalised);
        if (pin.isPresent() && !PIN.matcher(pin.get()).matches()) {
            throw new IllegalArgumentException(
                    "pin: must be the SHA-256 of the camera's certificate, 64 hex digits with or without colons");
        }
        if (pin.isPresent() && !verify) {
            throw new IllegalArgumentException("verify: must not be false where a pin is given; drop one of them");
        }
    }

    private static String normalised(String pin) {
        return pin.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^sha-?256[:=]", "")
                .replace(":", "");
    }

    /** Whether the host's name must stand in the certificate. */
    boolean checksName() {
        return verify && pin.isEmpty();
    }

    /** One handshake's view: makes sockets, and remembers the certificate that was shown. */
    Handshake handshake() throws GeneralSecurityException, IOException {
        return new Handshake(this);
    }

    static final class Handshake {
        private final Judge judge;
        private final SSLContext context = SSLContext.getInstance("TLS");

        private Handshake(Tls tls) throws GeneralSecurityException, IOException {
            this.judge = new Judge(tls, tls.checksName() ? standard(tls.caFile) : null);
            context.init(null, new TrustManager[] {judge}, null);
        }

        SSLSocketFactory sockets() {
            return context.getSocketFactory();
        }

        /** SHA-256 of the certificate that the camera showed. */
        Optional<String> shown() {
            return Optional.ofNullable(judge.shown);
        }
    }

    private static X509ExtendedTrustManager standard(Optional<Path> caFile)
            throws GeneralSecurityException, IOException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(caFile.isPresent() ? store(caFile.get()) : null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("this Java has no way to check certificates");
    }

    private static KeyStore store(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int number = 0;
            for (Certificate issuer : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("issuer-" + number++, issuer);
            }
        }
        return store;
    }

    /** Decides over the certificate of one handshake. */
    private static final class Judge extends X509ExtendedTrustManager {
        private final Tls tls;
        private final @Nullable X509ExtendedTrustManager standard;
        private volatile @Nullable String shown;

        private Judge(Tls tls, @Nullable X509ExtendedTrustManager standard) {
            this.tls = tls;
            this.standard = standard;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            String sha256 = sha256(chain[0]);
            shown = sha256;
            if (tls.pin.isPresent() && !tls.pin.get().equals(sha256)) {
                throw new CertificateException("is not the one that is pinned");
            }
            if (standard != null) {
                standard.checkServerTrusted(chain, type, socket);
            }
        }

        private static String sha256(X509Certificate certificate) throws CertificateException {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                return HexFormat.of().formatHex(digest);
            } catch (GeneralSecurityException e) {
                throw new CertificateException("cannot be read", e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("only sockets are used here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("only sockets are used here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody connects to us here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("nobody connects to us here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("nobody connects to us here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
