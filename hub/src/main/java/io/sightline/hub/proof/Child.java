package io.sightline.hub.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A process that tells by lines on standard output what it has done; what it said before a kill is heard all the same. */
final class Child implements AutoCloseable {
    private static final int REMEMBERED = 40;
    private static final long LOOK_MILLIS = 20;
    private static final Duration END = Duration.ofSeconds(20);

    private final Process process;
    private final Thread listener;
    private final Deque<String> last = new ArrayDeque<>();
    private final Consumer<String> hears;
    private final Path log;

    /** @param hears gets every line, on one thread */
    Child(List<String> command, Map<String, String> environment, Path log, Consumer<String> hears) throws IOException {
        this.hears = hears;
        this.log = log;
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        listener = daemons("listener").newThread(this::listen);
        listener.start();
    }

    /** Threads that do not keep this program from ending. */
    static ThreadFactory daemons(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The machine's temporary folder, below which everything of a proof lies. */
    static Path folder(String purpose) throws IOException {
        return Files.createTempDirectory("sightline-" + purpose + "-");
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hears.accept(line);
                remember(line);
                if (!line.startsWith(ProofEvents.ACKNOWLEDGED)) {
                    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot hear a child", e);
        }
    }

    private synchronized void remember(String line) {
        if (!line.startsWith(ProofEvents.ACKNOWLEDGED)) {
            last.addLast(line);
            if (last.size() > REMEMBERED) {
                last.removeFirst();
            }
            notifyAll();
        }
    }

    /**
     * Waits for a line among the last ones, and forgets it.
     *
     * @return null if it did not come in time, or the process ended without it
     */
    synchronized @Nullable String await(Predicate<String> wanted, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean over = !listener.isAlive() || System.nanoTime() > end;
            String found = last.stream().filter(wanted).findFirst().orElse(null);
            if (found != null) {
                last.remove(found);
                return found;
            }
            if (over) {
                return null;
            }
            wait(LOOK_MILLIS);
        }
    }

    /** What it said last, but for acknowledgements. */
    synchronized String lastWords() {
        return String.join(System.lineSeparator(), last);
    }

    /** Says a line to it; one that is dead does not hear it. */
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // it was killed meanwhile, and its listener sees that
        }
    }

    /** SIGKILL; returns when the process is gone and everything it said is heard. */
    void kill() throws InterruptedException {
        process.toHandle()
                .destroyForcibly(); // the other way to do it closes the stream, with what is still to be heard
        process.waitFor();
        listener.join();
    }

    /** SIGTERM. */
    void stop() {
        process.toHandle().destroy();
    }

    boolean ends(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
