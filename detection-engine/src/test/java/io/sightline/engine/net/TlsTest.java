package io.sightline.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.net.ConnectionException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static Path issuer;
    private static String pin;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keys("good", "san=ip:127.0.0.1,dns:localhost");
        keys("other", "san=dns:somebody.else");
        Certificate certificate = store("good").getCertificate("good");
        pin = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        issuer = folder.resolve("issuers.pem");
        Files.writeString(issuer, pem("good") + pem("other"));
    }

    @Test
    void shouldNotTrustWhoSignedItselfAndTellItsPin() throws Exception {
        assertThatThrownBy(() -> get("good", Tls.STANDARD))
                .isInstanceOfSatisfying(ConnectionException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.UNTRUSTED))
                .hasMessageContaining(pin)
                .hasMessageContaining("tls-pin");
    }

    @Test
    void shouldTrustThePinnedOneAlone() throws Exception {
        String written = "SHA256:" + pin.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

        assertThat(get("good", pinned(written))).isEqualTo(204);
        assertThatThrownBy(() -> get("other", pinned(pin)))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("is not the one that is pinned");
    }

    @Test
    void shouldCheckTheNameAgainstItsOwnIssuers() throws Exception {
        var tls = new Tls(true, Optional.empty(), Optional.of(issuer));

        assertThat(get("good", tls)).isEqualTo(204);
        assertThatThrownBy(() -> get("other", tls))
                .isInstanceOfSatisfying(ConnectionException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.UNTRUSTED));
    }

    @Test
    void shouldTakeAnyOnlyWhereToldTo() throws Exception {
        assertThat(get("other", new Tls(false, Optional.empty(), Optional.empty())))
                .isEqualTo(204);
    }

    @Test
    void shouldTellWhoSpeaksNoTls() throws Exception {
        try (var camera = new TestPeer((head, out) -> {})) {
            var http = http(camera, pinned(pin));
            assertThatThrownBy(() -> http.get(Map.of(), System.nanoTime() + 1_000_000_000L))
                    .isInstanceOfSatisfying(ConnectionException.class, refused -> assertThat(refused.reason())
                            .isIn(Reason.SILENT, Reason.UNREACHABLE));
        }
    }

    @Test
    void shouldGiveUpOnTimeWhereAHandshakeComesByteByByte() throws Exception {
        // Given: a record of 16 KiB that takes minutes
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var camera = new Thread(() -> drip(server));
            camera.start();
            var dialer = new Dialer(AddressGuard.open(), pinned(pin));

            // When, Then
            assertThatThrownBy(() -> dialer.dial(
                            new Dialer.Place(true, "127.0.0.1", server.getLocalPort()),
                            System.nanoTime() + 500_000_000L))
                    .isInstanceOfSatisfying(ConnectionException.class, late -> assertThat(late.reason())
                            .isEqualTo(Reason.SILENT))
                    .hasMessage("no answer to the TLS handshake in time");
            camera.join();
        }
    }

    private static void drip(ServerSocket server) {
        try (var client = server.accept()) {
            client.getOutputStream().write(new byte[] {0x16, 3, 3, 0x40, 0});
            while (true) {
                LockSupport.parkNanos(20_000_000);
                client.getOutputStream().write(0);
            }
        } catch (IOException expected) {
            // the hub has gone
        }
    }

    @Test
    void shouldRefuseWhatIsNoPin() {
        for (String bad : List.of("", "abc", "zz".repeat(32), "ab".repeat(33))) {
            assertThatThrownBy(() -> pinned(bad)).as(bad).hasMessageContaining("64 hex digits");
        }
        assertThatThrownBy(() -> new Tls(false, Optional.of(pin), Optional.empty()))
                .hasMessageContaining("verify");
    }

    private static Tls pinned(String pin) {
        return new Tls(true, Optional.of(pin), Optional.empty());
    }

    private static int get(String name, Tls tls) throws Exception {
        TestPeer.Habit habit = (head, out) -> out.write(TestPeer.bytes("HTTP/1.1 204 Nothing\n\n"));
        try (var camera = new TestPeer(habit, sockets(name));
                var http = http(camera, tls)) {
            return http.get(Map.of(), System.nanoTime() + 20_000_000_000L).status();
        }
    }

    private static CameraHttp http(TestPeer camera, Tls tls) {
        var address = URI.create("https://127.0.0.1:" + camera.port() + "/");
        return new CameraHttp(new Dialer(AddressGuard.open(), tls), address, Optional.empty());
    }

    private static void keys(String name, String extension) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = List.of(keytool, "-genkeypair", "-keystore", file(name).toString(), "-storetype", "PKCS12");
        var more = List.of("-storepass", "changeit", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC");
        var options = List.of("-validity", "3650", "-ext", extension);
        var all = new ArrayList<>(command);
        all.addAll(more);
        all.addAll(options);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Path file(String name) {
        return folder.resolve(name + ".p12");
    }

    private static KeyStore store(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static String pem(String name) throws Exception {
        byte[] encoded = store(name).getCertificate(name).getEncoded();
        String text = Base64.getMimeEncoder().encodeToString(encoded);
        return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
    }

    private static ServerSocketFactory sockets(String name) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(name), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
