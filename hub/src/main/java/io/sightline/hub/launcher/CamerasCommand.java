package io.sightline.hub.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.discovery.CameraDiscovery;
import io.sightline.hub.discovery.DiscoveredCamera;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code sightline cameras scan}: which cameras are plugged in or answer on the network, each with a line to paste. */
final class CamerasCommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 3;
    private static final int MOST_SECONDS = 60;

    private CamerasCommand() {}

    /** @return 0, also where none is found */
    static int run(List<String> arguments, CameraDiscovery discovery, PrintStream out) {
        var line = new CommandLine(arguments, Set.of("seconds"), Set.of("json"));
        if (!line.words().equals(List.of("scan"))) {
            throw new UsageException("cameras: got '" + String.join(" ", line.words()) + "', allowed is scan");
        }
        int seconds = line.number("seconds", 1, MOST_SECONDS).orElse(SECONDS);
        try {
            List<DiscoveredCamera> found = discovery.search(Duration.ofSeconds(seconds));
            out.print(line.has("json") ? json(found) : text(found, seconds));
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static String json(List<DiscoveredCamera> found) {
        var root = JSON.createObjectNode();
        var list = root.putArray("discovered");
        for (DiscoveredCamera camera : found) {
            var one = list.addObject()
                    .put("kind", camera.kind().word())
                    .put("name", camera.name())
                    .put("address", camera.address())
                    .put("id", camera.id())
                    .put("model", camera.model())
                    .put("hint", camera.hint());
            one.putObject("proposal")
                    .put("id", camera.proposal().id())
                    .put("uri", camera.proposal().uri());
        }
        return root.toPrettyString() + "\n";
    }

    private static String text(List<DiscoveredCamera> found, int seconds) {
        if (found.isEmpty()) {
            return "No USB camera is plugged in, and no ONVIF device answered within " + seconds
                    + " s (docs/cameras.md tells what to check).\n";
        }
        var text = new StringBuilder("Found; the lines with braces go below 'cameras:' in config/sightline.yaml:\n");
        for (DiscoveredCamera camera : found) {
            text.append('\n')
                    .append(camera.kind().word())
                    .append("  ")
                    .append(camera.name())
                    .append("  ")
                    .append(camera.address())
                    .append(camera.model().isEmpty() ? "" : "\n     " + camera.model())
                    .append("\n    ")
                    .append(camera.hint())
                    .append('\n');
        }
        return text.toString();
    }
}
