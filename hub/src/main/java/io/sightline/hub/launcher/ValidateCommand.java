package io.sightline.hub.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sightline.hub.files.FileProblems;
import io.sightline.hub.files.Problem;
import io.sightline.hub.files.YamlFile;
import io.sightline.hub.routefiles.ConfiguredSink;
import io.sightline.hub.routefiles.RouteFileCheck;
import io.sightline.hub.routefiles.RouteFolders;
import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.sinks.SinkRules;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** {@code sightline validate}: tells every problem of configuration and route files; starts nothing. */
final class ValidateCommand {
    private static final Set<String> OPTIONS = Set.of("config", "routes");

    private ValidateCommand() {}

    static int run(List<String> arguments) {
        // What Camel logs about a route that it refuses is told as a problem, with its line.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        return run(arguments, System.out);
    }

    /** @return 0 where there is no problem, else 1 */
    static int run(List<String> arguments, PrintStream out) {
        var line = new CommandLine(arguments, OPTIONS, Set.of());
        line.noWords();
        Path home = RunCommand.home();
        Path config = line.path("config", home.resolve("config"));
        Path routes = line.path("routes", home.resolve("routes"));
        var problems = new ArrayList<Problem>();
        var sinks = new ArrayList<ConfiguredSink>();
        String settings = settings(config, problems, sinks);
        Path application = config.resolve("application.yaml");
        if (Files.exists(application)) {
            problems.addAll(YamlFile.syntax(application));
        }
        if (line.has("routes") && !Files.isDirectory(routes)) {
            problems.add(new Problem(routes, 1, "there is no such folder"));
        }
        RouteFileCheck check = RouteFileCheck.of(new RouteFolders(home.resolve("routes"), routes), config, sinks);
        problems.addAll(check.problems());
        if (problems.isEmpty()) {
            out.println(settings + " and " + check.files() + " route files: no problem found");
            return 0;
        }
        problems.forEach(out::println);
        out.println(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
        return 1;
    }

    private static String settings(Path config, List<Problem> problems, List<ConfiguredSink> sinks) {
        try {
            SightlineSettings settings = SettingsLoader.load(config);
            var options = new LinkedHashMap<String, Optional<String>>();
            settings.sinks().forEach((id, sink) -> options.put(id, SinkRules.options(sink)));
            sinks.addAll(ConfiguredSink.in(config.resolve(SettingsLoader.FILE), options));
            return config.resolve(SettingsLoader.FILE) + " ("
                    + settings.cameras().size() + " cameras, "
                    + settings.detectors().size() + " detectors, "
                    + settings.sinks().size() + " sinks)";
        } catch (FileProblems e) {
            problems.addAll(e.problems());
            return "";
        }
    }
}
