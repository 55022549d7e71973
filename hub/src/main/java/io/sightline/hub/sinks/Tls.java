package io.sightline.hub.sinks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Trust in the issuers of one file, and in no others. */
final class Tls {
    private Tls() {}

    /** @throws IllegalArgumentException if the file holds no certificates */
    static SSLContext trusting(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int count = 0;
            for (Certificate issuer : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("issuer-" + count++, issuer);
            }
            if (count == 0) {
                throw new GeneralSecurityException("there is no certificate in it");
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "ca-file " + pem + " holds no certificates in PEM: " + e.getMessage(), e);
        }
    }

    /** The same for components that ask for Camel's parameters. */
    static SSLContextParameters parameters(Path pem) {
        return new SSLContextParameters() {
            @Override
            public SSLContext createSSLContext(CamelContext camel) {
                return trusting(pem);
            }
        };
    }
}
