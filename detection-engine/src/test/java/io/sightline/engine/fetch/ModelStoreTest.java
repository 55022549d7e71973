package io.sightline.engine.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    private static final int SIZE = 300_000;
    private static final ModelStore.Progress QUIET = (done, total) -> {};

    @TempDir
    Path folder;

    private final byte[] model = new byte[SIZE];
    private final List<String> ranges = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private ModelStore store;

    @BeforeEach
    void start() throws IOException {
        new Random(7).nextBytes(model);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        store = new ModelStore(folder.resolve("models"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void shouldFetchOnce() throws Exception {
        // Given
        serve(exchange -> send(exchange, model, 0, SIZE));
        var told = new ArrayList<Long>();

        // When
        Path first = store.fetch(source(), (done, total) -> told.add(100 * done / total));
        Path second = store.fetch(source(), QUIET);

        // Then
        assertThat(first).isEqualTo(second).hasBinaryContent(model).isEqualTo(store.file(source()));
        assertThat(ranges).containsExactly("none");
        assertThat(told).isSorted().last().isEqualTo(100L);
        assertThat(folder.resolve("models")).isDirectoryNotContaining("glob:**.{part,lock}");
    }

    @Test
    void shouldGoOnWhereTheConnectionBroke() throws Exception {
        // Given: every answer breaks off after 100 000 bytes
        serve(exchange -> {
            int from = from(exchange);
            sendBroken(exchange, from, Math.min(SIZE, from + 100_000));
        });

        // When
        Path file = store.fetch(source(), QUIET);

        // Then
        assertThat(file).hasBinaryContent(model);
        assertThat(ranges).first().isEqualTo("none");
        assertThat(ranges).hasSizeGreaterThan(2).last().asString().startsWith("bytes=");
    }

    @Test
    void shouldEndWhenInterrupted() throws Exception {
        // Given: a server that says no more after the first bytes
        var over = new CountDownLatch(1);
        serve(exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(model, 0, 1000);
            exchange.getResponseBody().flush();
            await(over);
        });
        var begun = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        ModelSource source = source();
        var fetching = new Thread(() -> {
            try {
                store.fetch(source, (done, total) -> begun.countDown());
            } catch (FetchException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });

        // When
        fetching.start();
        begun.await();
        fetching.interrupt();
        fetching.join();
        over.countDown();

        // Then: what came stays for the next try
        assertThat(interrupted).isTrue();
        assertThat(folder.resolve("models")).isDirectoryContaining("glob:**.part");
        assertThat(folder.resolve("models")).isDirectoryNotContaining("glob:**.lock");
    }

    @Test
    void shouldStartAnewWhereTheServerIgnoresTheRange() throws Exception {
        // Given: a try that broke off before
        serve(exchange -> send(exchange, model, 0, SIZE));
        keepPart(Arrays.copyOf(model, 1000));

        // When
        Path file = store.fetch(source(), QUIET);

        // Then
        assertThat(file).hasBinaryContent(model);
        assertThat(ranges).containsExactly("bytes=1000-");
    }

    @Test
    void shouldStartAnewWhereTheFirstPartWasOfAnotherModel() throws Exception {
        serve(exchange -> sendBroken(exchange, from(exchange), SIZE));
        keepPart(new byte[5000]);

        assertThat(store.fetch(source(), QUIET)).hasBinaryContent(model);
        assertThat(ranges).containsExactly("bytes=5000-", "none");
    }

    @Test
    void shouldThrowAnotherModelAway() throws Exception {
        serve(exchange -> send(exchange, "<html>log in first</html>".getBytes(), 0, 25));

        var refused = catchThrowableOfType(FetchException.class, () -> store.fetch(source(), QUIET));

        assertThat(refused.isWorthAnotherTry()).isFalse();
        assertThat(refused).hasMessageContaining("is another one").hasMessageContaining(source().sha256());
        assertThat(folder.resolve("models")).isEmptyDirectory();
    }

    @Test
    void shouldFetchAnewWhatWasSpoilt() throws Exception {
        serve(exchange -> send(exchange, model, 0, SIZE));
        Files.write(store.fetch(source(), QUIET), new byte[10]);

        assertThat(store.find(source())).isEmpty();
        assertThat(store.fetch(source(), QUIET)).hasBinaryContent(model);
    }

    @Test
    void shouldRefuseWhatIsTooLarge() throws Exception {
        serve(exchange -> send(exchange, model, 0, SIZE));
        var small = new ModelStore(folder, new ModelStore.Limits(1000, Duration.ofSeconds(30)));

        assertThatThrownBy(() -> small.fetch(source(), QUIET)).hasMessageContaining("allowed are at most 1000");
    }

    @Test
    void shouldTellWhatTheServerSays() {
        serve(exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });

        var refused = catchThrowableOfType(FetchException.class, () -> store.fetch(source(), QUIET));

        assertThat(refused).hasMessageContaining("status 404").hasMessageNotContaining("token");
        assertThat(refused.isWorthAnotherTry()).isTrue();
    }

    @Test
    void shouldGiveUpASilentServer() throws Exception {
        // Given: bytes, then nothing
        var over = new CountDownLatch(1);
        serve(exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            if (from(exchange) == 0 && ranges.size() == 1) {
                exchange.getResponseBody().write(model, 0, 1000);
                exchange.getResponseBody().flush();
            }
            await(over);
        });
        var impatient = new ModelStore(folder, new ModelStore.Limits(1 << 20, Duration.ofSeconds(2)));

        // When
        assertThatThrownBy(() -> impatient.fetch(source(), QUIET)).hasMessageContaining("does not come");
        over.countDown();

        // Then: what came is kept for the next try
        assertThat(ranges).last().isEqualTo("bytes=1000-");
    }

    @Test
    void shouldRefuseAddressesInTheOpen() {
        assertThatThrownBy(() -> new ModelSource(URI.create("http://models.example.com/a.onnx"), "0".repeat(64)))
                .hasMessageContaining("allowed are https:");
        assertThatThrownBy(() -> new ModelSource(URI.create("https://me:secret@example.com/a.onnx"), "0".repeat(64)))
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new ModelSource(URI.create("https://example.com/a.onnx"), "12"))
                .hasMessageContaining("64 hexadecimal digits");
        assertThat(new ModelSource(URI.create("https://example.com/v1/a.b.onnx?token=x"), "A".repeat(64)))
                .hasToString("https://example.com/v1/a.b.onnx")
                .extracting(ModelSource::name)
                .isEqualTo("a.b");
    }

    private void serve(HttpHandler handler) {
        server.createContext("/tiny.onnx", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "none" : range);
            handler.handle(exchange);
        });
    }

    private static int from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    }

    private static void send(HttpExchange exchange, byte[] bytes, int from, int to) throws IOException {
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
        exchange.getResponseBody().write(bytes, from, to - from);
        exchange.close();
    }

    /** Says that all of it comes, and closes the connection early. */
    private void sendBroken(HttpExchange exchange, int from, int to) throws IOException {
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
        send(exchange, model, from, to);
    }

    private void keepPart(byte[] bytes) throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Files.write(folder.resolve("models").resolve(source().sha256() + ".part"), bytes);
    }

    private ModelSource source() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(model);
        var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/tiny.onnx?token=secret";
        return new ModelSource(URI.create(address), HexFormat.of().formatHex(hash));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
