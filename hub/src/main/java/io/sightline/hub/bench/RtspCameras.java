package io.sightline.hub.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** RTSP cameras on this machine, served by GStreamer's server in a process of its own. */
final class RtspCameras implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String READY = "READY ";
    private static final long LAST_SECONDS = 5;

    private final Process process;
    private final List<String> addresses;

    /**
     * Starts cameras that play a clip in a loop, each from its first client on.
     *
     * @throws SkippedException if the server or its libraries are not there
     */
    RtspCameras(Path script, Path clip, int count) throws IOException, SkippedException {
        process = new ProcessBuilder(
                        PYTHON,
                        script.toString(),
                        "--file",
                        clip.toString(),
                        "--port",
                        Integer.toString(freePort()),
                        "--count",
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String ready = said.readLine();
        if (ready == null || !ready.startsWith(READY)) {
            process.destroy();
            throw new SkippedException("no RTSP server (Debian: gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-*)");
        }
        addresses = List.of(ready.substring(READY.length()).split(" "));
        discard(said);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** It tells of each drop, and would wait if nobody read that. */
    private static void discard(BufferedReader said) {
        var thread = new Thread(() -> said.lines().forEach(line -> {}), "bench-rtsp-cameras");
        thread.setDaemon(true);
        thread.start();
    }

    List<String> addresses() {
        return addresses;
    }

    /** Closes the connections of all clients; they may come again at once. */
    void drop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-USR1", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LAST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
