package io.sightline.hub.proof;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts {@link ProofSpine} in a process of its own, again and again over one data folder. One thread. */
final class SpineChild implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(40);

    private static final int FIRST_WITH_CACHE = 25;

    private final Path folder;
    private final Ledger ledger;
    private final List<String> prefix;
    private final String password = UUID.randomUUID().toString();
    private @Nullable Child child;
    private List<String> options = List.of();
    private int core;
    private int mqtt;

    /**
     * @param folder for data and routes
     * @param prefix words before {@code java}, for example of a tracer; may be empty
     */
    SpineChild(Path folder, Ledger ledger, List<String> prefix) {
        this.folder = folder;
        this.ledger = ledger;
        this.prefix = prefix;
    }

    /** Further options of the JVM, from the next start on. */
    void options(List<String> more) {
        options = more;
    }

    void routes(String yaml) throws IOException {
        Files.writeString(routesFile(), yaml);
    }

    private Path routesFile() {
        return folder.resolve("proof.camel.yaml");
    }

    Path data() {
        return folder.resolve("data");
    }

    String password() {
        return password;
    }

    /** Starts it and does not wait. */
    void launch() throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:cds=off"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--enable-native-access") || option.startsWith("--sun-misc-unsafe"))
                .forEach(command::add);
        archive().ifPresent(command::add);
        command.addAll(options);
        command.addAll(List.of("-Dlogback.configurationFile=io/sightline/hub/launcher/logback-tools.xml", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), ProofSpine.class.getName()));
        command.addAll(List.of(data().toString(), routesFile().toString()));
        child = new Child(command, Map.of(ProofSpine.PASSWORD, password), log(), ledger::heard);
    }

    /** Classes prepared for the hub, which shortens a start; one of another JVM is left alone by this one. */
    private static Optional<String> archive() throws IOException {
        boolean cache = Runtime.version().feature() >= FIRST_WITH_CACHE;
        String end = cache ? ".aot" : ".jsa";
        Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
        try (Stream<Path> files = Files.list(jar.toAbsolutePath().getParent())) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(end))
                    .max(Comparator.naturalOrder())
                    .map(file -> (cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
        }
    }

    private Path log() {
        return folder.resolve("child.log");
    }

    /** @throws IOException with its last words if it does not become ready */
    void awaitReady() throws IOException, InterruptedException {
        String ready = now().await(line -> line.startsWith("ready "), START);
        if (ready == null) {
            throw new IOException("the spine did not start: " + lastWords());
        }
        String[] words = ready.split(" ");
        core = Integer.parseInt(words[1]);
        mqtt = Integer.parseInt(words[2]);
    }

    void start() throws IOException, InterruptedException {
        launch();
        awaitReady();
    }

    private String lastWords() throws IOException {
        String all = Files.readString(log());
        return all.isBlank() ? "it said nothing" : all.substring(Math.max(0, all.length() - 2000));
    }

    /** As of the last start. */
    String mqttAddress() {
        return "tcp://127.0.0.1:" + mqtt;
    }

    /** As of the last start. */
    String coreAddress() {
        return "tcp://127.0.0.1:" + core;
    }

    /** @param rate events per second, 0: as fast as it goes */
    void load(int rate, long events) {
        now().say("load " + rate + " " + events + " all");
    }

    /** The same without end, of signals only. */
    void loadSignals(int rate) {
        now().say("load " + rate + " " + Long.MAX_VALUE + " signals");
    }

    /** Ends what {@link #load} began. */
    void pause() {
        now().say("pause");
    }

    void compact() {
        now().say("compact");
    }

    /** Asks it to stop in order, and does not wait. */
    void askToStop() {
        now().say("stop");
    }

    void kill() throws InterruptedException {
        now().kill();
    }

    /**
     * Stops it in order.
     *
     * @return how many events are among the dead letters
     */
    long stop() throws IOException, InterruptedException {
        askToStop();
        String stopped = now().await(line -> line.startsWith("stopped "), STOP);
        if (stopped == null) {
            throw new IOException("the spine did not stop within " + STOP.toSeconds() + " s: " + lastWords());
        }
        now().ends(STOP);
        return Long.parseLong(stopped.split(" ")[1]);
    }

    private Child now() {
        if (child == null) {
            throw new IllegalStateException("launch comes first");
        }
        return child;
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }
}
