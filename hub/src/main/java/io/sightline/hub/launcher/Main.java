package io.sightline.hub.launcher;

import io.sightline.hub.discovery.CameraDiscovery;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Starts what the first word of the command line names. Exit status: 0 done, 1 {@code validate} found problems or a
 * command failed, 2 the command line, configuration, route files or data folder do not allow a start.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    /** A tool tells its results and problems itself; without Spring, Logback would print everything else too. */
    private static int quietly(IntSupplier tool) {
        System.setProperty("logback.configurationFile", "io/sightline/hub/launcher/logback-tools.xml");
        return tool.getAsInt();
    }

    static int run(List<String> arguments) {
        String command = arguments.isEmpty() ? "help" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        try {
            return switch (command) {
                case "run" -> RunCommand.run(rest);
                case "validate" -> quietly(() -> ValidateCommand.run(rest, System.out));
                case "detect" -> quietly(() -> DetectCommand.run(rest, System.out, System.err));
                case "cameras" -> quietly(() -> CamerasCommand.run(rest, new CameraDiscovery(), System.out));
                case "bench" -> quietly(() -> BenchCommand.run(rest, System.out, System.err));
                default -> throw new UsageException("unknown command '" + command + "'");
            };
        } catch (UsageException e) {
            System.err.println("sightline: " + e.getMessage());
            return 2;
        }
    }
}
