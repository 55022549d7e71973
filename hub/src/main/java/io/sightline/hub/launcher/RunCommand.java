package io.sightline.hub.launcher;

import io.sightline.hub.HubApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code sightline run}: starts the hub and stays until it is told to stop. */
final class RunCommand {
    static final Set<String> OPTIONS = Set.of("config", "routes", "data", "port");

    private RunCommand() {}

    static int run(List<String> arguments) {
        LaunchOptions options = options(arguments);
        try (ConfigurableApplicationContext hub = HubApplication.start(options)) {
            hub.getBean(StopSignal.class).await();
            return 0;
        } catch (RuntimeException e) {
            throw usageProblem(e).orElse(e);
        }
    }

    /** The word for people that Spring has wrapped, where there is one. */
    private static Optional<RuntimeException> usageProblem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UsageException usage) {
                return Optional.of(usage);
            }
        }
        return Optional.empty();
    }

    static LaunchOptions options(List<String> arguments) {
        var line = new CommandLine(arguments, OPTIONS, Set.of());
        line.noWords();
        Path home = Path.of(System.getProperty("sightline.home", "")).toAbsolutePath();
        return new LaunchOptions(
                home,
                line.path("config", home.resolve("config")),
                line.path("routes", home.resolve("routes")),
                line.path("data", home.resolve("data")),
                line.number("port", 0, 65534));
    }
}
