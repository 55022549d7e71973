package io.sightline.hub.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that enters what it gets and answers as it is told to. */
final class HttpReceiver implements AutoCloseable {
    private static final int GOOD = 204;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Child.daemons("http-receiver"));
    private final Arrival arrival;
    private volatile int status = GOOD;

    /** Is told of each event that the server has answered or is about to answer with success. */
    interface Arrival {
        void of(byte[] event);
    }

    HttpReceiver(HttpServer server, Arrival arrival) throws IOException {
        this.server = server;
        this.arrival = arrival;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    static HttpReceiver plain(Arrival arrival) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or small answers wait 40 ms for nothing
        return new HttpReceiver(HttpServer.create(), arrival);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** From now on every event is refused with this status, and not entered. */
    void refuse(int withStatus) {
        status = withStatus;
    }

    void takeAgain() {
        status = GOOD;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] event = exchange.getRequestBody().readAllBytes();
            int answer = status;
            if (answer == GOOD) {
                arrival.of(event);
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
