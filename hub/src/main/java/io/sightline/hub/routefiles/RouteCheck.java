package io.sightline.hub.routefiles;

import io.sightline.hub.files.FileProblems;
import io.sightline.hub.files.Problem;
import io.sightline.hub.files.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what is wrong with route files without touching anything that runs. Used by one thread at a time.
 *
 * <p>What it cannot see: whether the outside world answers, and the options of an address that is put together while the
 * route runs.
 */
final class RouteCheck {
    private final SchemaCheck schema = new SchemaCheck();
    private final EndpointCheck endpoints;
    private final DryRun dryRun;

    RouteCheck(RouteEnvironment environment, String kamelets) {
        endpoints = new EndpointCheck(new Components(environment));
        dryRun = new DryRun(environment, kamelets);
    }

    /** What a check of many files gave. */
    record Result(List<RouteFile> files, List<Problem> problems) {}

    Result check(Map<String, Path> paths) {
        var files = new ArrayList<RouteFile>();
        var problems = new ArrayList<Problem>();
        paths.forEach((name, path) -> {
            try {
                files.add(RouteFile.of(name, YamlFile.read(path)));
            } catch (FileProblems e) {
                problems.addAll(e.problems());
            }
        });
        for (int i = 0; i < files.size(); i++) {
            problems.addAll(check(files.get(i), files.subList(0, i), files));
        }
        return new Result(files, problems.stream().sorted().distinct().toList());
    }

    /**
     * @param owners files whose ids this one must leave alone
     * @param all files whose templates it may use
     */
    List<Problem> check(RouteFile file, Collection<RouteFile> owners, Collection<RouteFile> all) {
        var problems = new ArrayList<>(schema.check(file.yaml()));
        problems.addAll(endpoints.check(file.yaml()));
        problems.addAll(ids(file, owners));
        problems.addAll(SinkNames.check(file, owners));
        if (problems.isEmpty()) {
            dryRun.check(file, all).ifPresent(problems::add);
        }
        return problems;
    }

    /** Sinks of the configuration: their options, and that no route has their name. */
    List<Problem> check(List<ConfiguredSink> sinks, Collection<RouteFile> files) {
        var problems = new ArrayList<Problem>();
        for (ConfiguredSink sink : sinks) {
            sink.options()
                    .map(endpoints::sent)
                    .ifPresent(told -> told.forEach(text -> problems.add(
                            new Problem(sink.file(), sink.line(), "sinks." + sink.name() + ".uri: " + text))));
        }
        problems.addAll(SinkNames.check(sinks, files));
        return problems;
    }

    private static List<Problem> ids(RouteFile file, Collection<RouteFile> owners) {
        var problems = new ArrayList<Problem>();
        Path path = file.yaml().path();
        file.nameless()
                .forEach(line -> problems.add(new Problem(
                        path,
                        line,
                        "a route needs an id of its own, so that it can be told from others: '- route:' with 'id:'")));
        var routes = new HashMap<String, String>();
        var templates = new HashMap<String, String>();
        for (RouteFile other : owners) {
            if (!other.name().equals(file.name())) {
                other.routes().keySet().forEach(id -> routes.put(id, other.name()));
                other.templates().keySet().forEach(id -> templates.put(id, other.name()));
            }
        }
        taken("route", file.routes(), routes).forEach((line, text) -> problems.add(new Problem(path, line, text)));
        taken("route template", file.templates(), templates)
                .forEach((line, text) -> problems.add(new Problem(path, line, text)));
        return problems;
    }

    private static Map<Integer, String> taken(String kind, Map<String, Integer> ids, Map<String, String> owners) {
        var taken = new HashMap<Integer, String>();
        ids.forEach((id, line) -> {
            if (owners.containsKey(id)) {
                taken.put(line, kind + " '" + id + "' is already in " + owners.get(id) + ", allowed is once");
            }
        });
        return taken;
    }
}
