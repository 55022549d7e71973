package io.sightline.hub.routefiles;

import io.sightline.hub.files.FileProblems;
import io.sightline.hub.files.FileWatch;
import io.sightline.hub.files.Problem;
import io.sightline.hub.files.YamlFile;
import io.sightline.hub.status.Integrations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route files of a Camel context. {@link #load} before it starts, {@link #watch} after; from then on a saved file
 * takes effect by itself and touches the routes of that file alone. A file that is wrong changes nothing: what is wrong
 * stands in its integration of the kind {@code route-file}.
 */
public final class RouteFiles implements AutoCloseable {
    /** Kind of the integration that tells how a route file stands; the id is its name from its folder. */
    public static final String KIND = "route-file";

    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    private static final Duration INTERVAL = Duration.ofMillis(400);

    private final RouteFolders folders;
    private final RouteCheck check;
    private final AppliedRoutes routes;
    private final Integrations integrations;
    private final List<TemplateListener> listeners = new CopyOnWriteArrayList<>();
    private final FileWatch watch = new FileWatch("sightline-routes", INTERVAL);
    private final SortedMap<String, RouteFile> applied = new TreeMap<>();
    private final SortedMap<String, String> refused = new TreeMap<>();

    public RouteFiles(RouteFolders folders, CamelContext context, Integrations integrations) {
        this.folders = folders;
        this.check = new RouteCheck(new ContextEnvironment(context), folders.kamelets());
        this.routes = new AppliedRoutes(context);
        this.integrations = integrations;
    }

    public void listen(TemplateListener listener) {
        listeners.add(listener);
    }

    /**
     * Adds the routes of all files to a context that has not started yet.
     *
     * @throws FileProblems with every problem of every file; nothing is added then
     */
    public synchronized void load() {
        RouteCheck.Result result = check.check(folders.files());
        if (!result.problems().isEmpty()) {
            throw new FileProblems(result.problems());
        }
        for (RouteFile file : templatesFirst(result.files())) {
            try {
                routes.add(file);
            } catch (Exception e) {
                throw new FileProblems(List.of(DryRun.problem(file, e)));
            }
            applied.put(file.name(), file);
            integrations.online(KIND, file.name());
        }
    }

    /** Starts to watch; to be called once. */
    public void watch() {
        watch.start(folders::paths, this::reload);
        reload(); // a file may have changed since it was loaded
    }

    private synchronized void reload() {
        SortedMap<String, Path> files = folders.files();
        var gone = new HashSet<>(applied.keySet());
        gone.removeAll(files.keySet());
        gone.forEach(this::drop);
        Set.copyOf(refused.keySet()).stream()
                .filter(name -> !files.containsKey(name))
                .forEach(name -> {
                    refused.remove(name);
                    integrations.remove(KIND, name);
                });
        var again = new ArrayList<String>();
        files.forEach((name, path) -> {
            if (!look(name, path)) {
                again.add(name);
            }
        });
        // One file may have waited for another, for example for an id that moved.
        again.forEach(name -> look(name, files.get(name)));
    }

    private void drop(String name) {
        RouteFile file = applied.remove(name);
        try {
            routes.remove(file);
            LOG.atInfo().addKeyValue("file", name).log("route file removed, its routes are stopped");
        } catch (Exception e) {
            LOG.atError().addKeyValue("file", name).setCause(e).log("routes of a removed file could not be stopped");
        }
        integrations.remove(KIND, name);
    }

    /** @return whether the file is as it runs now */
    private boolean look(String name, Path path) {
        RouteFile before = applied.get(name);
        try {
            RouteFile file = RouteFile.of(name, YamlFile.read(path));
            boolean same = before != null
                    && before.yaml().path().equals(path)
                    && before.yaml().text().equals(file.yaml().text());
            if (same) {
                fine(name);
                return true;
            }
            List<Problem> problems = check.check(file, applied.values(), applied.values());
            if (!problems.isEmpty()) {
                throw new FileProblems(problems);
            }
            apply(file, Optional.ofNullable(before));
            fine(name);
            LOG.atInfo()
                    .addKeyValue("file", name)
                    .addKeyValue("routes", file.routes().keySet())
                    .log("route file taken over");
            return true;
        } catch (FileProblems e) {
            refuse(name, e);
            return false;
        }
    }

    private void fine(String name) {
        refused.remove(name);
        integrations.online(KIND, name);
    }

    private void refuse(String name, FileProblems problems) {
        String text = problems.getMessage();
        if (text.equals(refused.put(name, text))) {
            return;
        }
        problems.problems().forEach(problem -> LOG.atWarn()
                .addKeyValue("problem", problem)
                .log("changed route file refused, what ran before runs on"));
        integrations.degraded(KIND, name, "REFUSED", "what ran before runs on: " + text);
    }

    private void apply(RouteFile file, Optional<RouteFile> before) {
        try {
            if (before.isPresent()) {
                routes.remove(before.get());
            }
            routes.add(file);
        } catch (Exception e) {
            restore(file, before);
            throw new FileProblems(List.of(DryRun.problem(file, e)));
        }
        applied.put(file.name(), file);
        var templates = new HashSet<>(file.templates().keySet());
        before.ifPresent(old -> templates.addAll(old.templates().keySet()));
        if (!templates.isEmpty()) {
            renew(file, templates);
        }
    }

    private void restore(RouteFile file, Optional<RouteFile> before) {
        try {
            routes.remove(file);
            if (before.isPresent()) {
                routes.add(before.get());
            }
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("file", file.name())
                    .setCause(e)
                    .log("routes that ran before could not be started again");
        }
    }

    private void renew(RouteFile changed, Set<String> templates) {
        for (RouteFile user : List.copyOf(applied.values())) {
            boolean uses = user.usedTemplates().stream().anyMatch(templates::contains);
            if (uses && !user.name().equals(changed.name())) {
                try {
                    routes.remove(user);
                    routes.add(user);
                } catch (Exception e) {
                    refuse(user.name(), new FileProblems(List.of(DryRun.problem(user, e))));
                }
            }
        }
        for (TemplateListener listener : listeners) {
            try {
                listener.replaced(Set.copyOf(templates));
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("templates", templates)
                        .setCause(e)
                        .log("routes could not be made anew from a template");
            }
        }
    }

    private static List<RouteFile> templatesFirst(List<RouteFile> files) {
        Map<Boolean, List<RouteFile>> parts = files.stream()
                .collect(Collectors.partitioningBy(file -> !file.templates().isEmpty()));
        var ordered = new ArrayList<>(parts.get(true));
        ordered.addAll(parts.get(false));
        return ordered;
    }

    @Override
    public void close() {
        watch.close();
    }
}
