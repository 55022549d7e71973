package io.sightline.hub.webhooks;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver of webhooks on a free port, which answers as a test wants and remembers what came. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Answering answering = request -> new Answer(204);

    /** What came. */
    record Request(String path, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** By the verifier of the specification. @throws Exception if it refuses */
        void verify(String secret) throws Exception {
            new Webhook(secret).verify(text(), headers);
        }
    }

    /** What is answered. */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        Answer(int status) {
            this(status, Map.of(), new byte[0]);
        }
    }

    /** Decides. */
    @FunctionalInterface
    interface Answering {
        Answer answer(Request request) throws Exception;
    }

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        var request = new Request(
                exchange.getRequestURI().getPath(),
                headers,
                exchange.getRequestBody().readAllBytes());
        requests.add(request);
        try (exchange) {
            Answer answer = answering.answer(request);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    void answers(Answering next) {
        answering = next;
    }

    /** Of one path, in the order of their coming. */
    List<Request> at(String path) {
        return requests.stream().filter(one -> one.path().equals(path)).toList();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
