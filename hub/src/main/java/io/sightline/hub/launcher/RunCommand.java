package io.sightline.hub.launcher;

import io.sightline.hub.HubApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code sightline run}: starts the hub and stays until it is told to stop. */
final class RunCommand {
    static final Set<String> OPTIONS = Set.of("config", "routes", "data", "port");

    private RunCommand() {}

    static int run(List<String> arguments) {
        LaunchOptions options = options(arguments);
        try (ConfigurableApplicationContext hub = HubApplication.start(options)) {
            StopSignal stop = hub.getBean(StopSignal.class);
            endWithLauncher(stop);
            stop.await();
            return 0;
        } catch (RuntimeException e) {
            throw UsageException.in(e).<RuntimeException>map(usage -> usage).orElse(e);
        }
    }

    /** A hub whose launcher was killed would hold data folder and ports against the next one. */
    private static void endWithLauncher(StopSignal stop) {
        Long launcher = Long.getLong("sightline.launcher");
        if (launcher != null) {
            ProcessHandle.of(launcher)
                    .ifPresentOrElse(process -> process.onExit().thenRun(stop::close), stop::close);
        }
    }

    static LaunchOptions options(List<String> arguments) {
        var line = new CommandLine(arguments, OPTIONS, Set.of());
        line.noWords();
        Path home = home();
        return new LaunchOptions(
                home,
                line.path("config", home.resolve("config")),
                line.path("routes", home.resolve("routes")),
                line.path("data", home.resolve("data")),
                line.number("port", 0, 65534));
    }

    /** Folder of the installation. */
    static Path home() {
        return Path.of(System.getProperty("sightline.home", ""))
                .toAbsolutePath()
                .normalize();
    }
}
