package io.sightline.hub.routefiles;

import io.sightline.hub.files.Problem;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** Builds the routes of a file in a context that is thrown away and never started: nothing connects, nothing is sent. */
final class DryRun {
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final Pattern NAMED = Pattern.compile("(?:for: |\\[|: |'|ref:)([^\\s\\]']{2,})");
    private static final Pattern LOCATION = Pattern.compile("\\.camel\\.yaml:(\\d+)");

    private final RouteEnvironment environment;
    private final String kamelets;

    DryRun(RouteEnvironment environment, String kamelets) {
        this.environment = environment;
        this.kamelets = kamelets;
    }

    /** @param templates other files, whose templates the routes may be made from */
    Optional<Problem> check(RouteFile file, Collection<RouteFile> templates) {
        try (var context = new DefaultCamelContext(new DefaultRegistry(new StandIns(environment)))) {
            context.disableJMX();
            context.setSourceLocationEnabled(true);
            context.getPropertiesComponent().addPropertiesSource(new Placeholders(environment));
            var kamelet = new KameletComponent();
            kamelet.setLocation(kamelets);
            context.addComponent("kamelet", kamelet);
            context.build();
            for (RouteFile other : templates) {
                if (!other.templates().isEmpty() && !other.name().equals(file.name())) {
                    load(context, other);
                }
            }
            load(context, file);
            context.init();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(problem(file, e));
        }
    }

    private static void load(DefaultCamelContext context, RouteFile file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString(
                        "file:" + file.yaml().path(), file.yaml().text()));
    }

    static Problem problem(RouteFile file, Throwable thrown) {
        int line = 1;
        Throwable cause = thrown;
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            line = Math.max(line, line(file, e));
            cause = e;
        }
        String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        line = line > 1 && LINE.matcher(text).find() ? line : Math.max(line, named(file, text));
        return new Problem(
                file.yaml().path(), line, text.isEmpty() ? cause.getClass().getSimpleName() : text);
    }

    /** Line of the first thing that the message names and the file holds. */
    private static int named(RouteFile file, String message) {
        Matcher names = NAMED.matcher(message);
        while (names.find()) {
            int at = file.yaml().text().indexOf(names.group(1));
            if (at >= 0) {
                return 1
                        + (int) file.yaml()
                                .text()
                                .substring(0, at)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
            }
        }
        return 1;
    }

    private static int line(RouteFile file, Throwable e) {
        String message = String.valueOf(e.getMessage());
        Matcher line = LINE.matcher(message);
        if (line.find()) {
            return Integer.parseInt(line.group(1));
        }
        if (e instanceof FailedToCreateRouteException failed) {
            Matcher location = LOCATION.matcher(String.valueOf(failed.getLocation()));
            return location.find()
                    ? Integer.parseInt(location.group(1))
                    : file.routes().getOrDefault(failed.getRouteId(), 1);
        }
        return 1;
    }

    /** Asks the environment for each placeholder. */
    private record Placeholders(RouteEnvironment environment) implements PropertiesSource {
        @Override
        public String getName() {
            return "environment";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return environment.property(name).orElse(null);
        }
    }
}
