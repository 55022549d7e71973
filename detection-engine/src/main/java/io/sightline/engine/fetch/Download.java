package io.sightline.engine.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings all bytes of one address into one file, in as many pieces as it takes. Used by one thread. */
final class Download {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;

    private final ModelSource source;
    private final Path part;
    private final ModelStore.Limits limits;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** @param part what is there already stays and is not fetched again */
    Download(ModelSource source, Path part, ModelStore.Limits limits) {
        this.source = source;
        this.part = part;
        this.limits = limits;
    }

    /** Returns when the server has no more bytes. */
    void run(ModelStore.Progress progress) throws FetchException, InterruptedException {
        while (true) {
            long before = size();
            String problem;
            try {
                if (piece(before, progress)) {
                    return;
                }
                problem = "the connection broke off";
            } catch (IOException e) {
                problem = e.getMessage() == null ? e.toString() : e.getMessage();
            }
            long gained = size() - before;
            if (gained <= 0) {
                throw FetchException.forNow("model " + source + " does not come: " + problem);
            }
            LOG.atInfo()
                    .addKeyValue("model", source)
                    .addKeyValue("bytes", size())
                    .addKeyValue("reason", problem)
                    .log("model broke off, going on");
        }
    }

    /** @return whether that was the last piece */
    private boolean piece(long from, ModelStore.Progress progress)
            throws IOException, FetchException, InterruptedException {
        var request = HttpRequest.newBuilder(source.address()).timeout(limits.stall());
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (!ModelSource.isAllowed(response.uri())) {
                throw FetchException.forGood("model " + source + " was redirected to "
                        + response.uri().getScheme() + "://" + response.uri().getHost()
                        + ", allowed are https: addresses, and http: on this machine");
            }
            if (response.statusCode() == NOT_SATISFIABLE && from > 0) {
                Files.delete(part); // there is more than the model has
                throw FetchException.forNow("model " + source + " has fewer bytes than were fetched before");
            }
            if (response.statusCode() != OK && response.statusCode() != PARTIAL) {
                throw FetchException.forNow("model " + source + " does not come: status " + response.statusCode());
            }
            boolean goesOn = response.statusCode() == PARTIAL && startsAt(response, from);
            return copy(body, new Piece(goesOn ? from : 0, length(response)), progress);
        }
    }

    /**
     * @param from bytes before it
     * @param length its bytes; empty where the server does not say
     */
    private record Piece(long from, OptionalLong length) {
        long total() {
            return length.isPresent() ? from + length.getAsLong() : -1;
        }
    }

    /**
     * The bytes are read by a thread of their own: reading of a connection does not end when its thread is interrupted,
     * waiting for that thread does. When no byte has come for too long, the connection is closed, which ends it too.
     */
    private boolean copy(InputStream body, Piece piece, ModelStore.Progress progress)
            throws IOException, FetchException, InterruptedException {
        requireSize(piece.total());
        var lastByte = new AtomicLong(System.nanoTime());
        ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, "model-fetch-read");
            thread.setDaemon(true);
            return thread;
        });
        Future<Boolean> copied = reader.submit(() -> read(body, piece, progress, lastByte));
        try {
            while (true) {
                Duration quiet = Duration.ofNanos(System.nanoTime() - lastByte.get());
                try {
                    return copied.get(Math.max(1, limits.stall().minus(quiet).toMillis()), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (System.nanoTime() - lastByte.get() > limits.stall().toNanos()) {
                        close(body);
                    }
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            if (e.getCause() instanceof FetchException unwanted) {
                throw unwanted;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            close(body);
            reader.shutdown();
            reader.awaitTermination(1, TimeUnit.SECONDS);
        }
    }

    private boolean read(InputStream body, Piece piece, ModelStore.Progress progress, AtomicLong lastByte)
            throws IOException, FetchException {
        long done = piece.from;
        var append = piece.from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (OutputStream file =
                Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, append)) {
            var buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                lastByte.set(System.nanoTime());
                file.write(buffer, 0, read);
                done += read;
                requireSize(done);
                progress.bytes(done, piece.total());
            }
        }
        return piece.total() < 0 || done >= piece.total();
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("connection was closed already");
        }
    }

    private void requireSize(long bytes) throws FetchException {
        if (bytes > limits.bytes()) {
            throw FetchException.forGood(
                    "model " + source + " has " + bytes + " bytes or more, allowed are at most " + limits.bytes());
        }
    }

    private static boolean startsAt(HttpResponse<?> response, long from) {
        return response.headers()
                .firstValue("Content-Range")
                .filter(range -> range.startsWith("bytes " + from + "-"))
                .isPresent();
    }

    private static OptionalLong length(HttpResponse<?> response) {
        return response.headers().firstValueAsLong("Content-Length");
    }

    private long size() {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            return 0; // what is wrong with the file is told when it is written
        }
    }
}
