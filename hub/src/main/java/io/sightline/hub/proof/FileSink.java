package io.sightline.hub.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Events to a file; its disk is a small one in memory where this user may mount one. */
final class FileSink implements FaultySink {
    private static final int FULL = 64 << 10;
    private static final long PATIENCE_SECONDS = 10;

    private final Path folder;
    private final Path filling;
    private final FileReceiver receiver;
    private final boolean mounted;

    FileSink(Path folder, Ledger ledger) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.filling = folder.resolve("filling");
        mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder.toString());
        receiver = new FileReceiver(folder.resolve("events.jsonl"), event -> ledger.arrived(name(), event));
        receiver.start();
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String route() {
        return ProofSinks.file(name(), "signals", folder);
    }

    @Override
    public boolean begin(Fault fault) throws IOException {
        if (fault != Fault.DISK || !mounted) {
            return false;
        }
        try (var out = Files.newOutputStream(filling)) {
            while (true) {
                out.write(new byte[FULL]);
            }
        } catch (IOException e) {
            return true; // that is what was wanted
        }
    }

    @Override
    public void end() throws IOException {
        Files.deleteIfExists(filling);
    }

    @Override
    public String why() {
        return "file has no connection" + (mounted ? "" : ", and this user may not mount a small disk to fill");
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        if (mounted && !succeeds("umount", folder.toString())) {
            throw new IOException("cannot unmount " + folder + "; unmount it by hand");
        }
    }

    private static boolean succeeds(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
