package io.sightline.hub.routefiles;

import io.sightline.hub.files.Problem;
import io.sightline.hub.files.YamlFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Sees that each sink is read by one route, as the spine demands when the routes are applied. */
final class SinkNames {
    private static final String KAMELET = "sightline-events-source";
    private static final String STORE = "store";

    private SinkNames() {}

    /** A name, and the line in which it is given. */
    private record Written(String name, int line) {}

    /** @param owners files whose sinks this one must leave alone; itself, where it is among them, does not count */
    static List<Problem> check(RouteFile file, Collection<RouteFile> owners) {
        var taken = new HashMap<String, String>();
        for (RouteFile other : owners) {
            if (!other.name().equals(file.name())) {
                of(other).forEach(sink -> taken.put(sink.name, other.name()));
            }
        }
        var problems = new ArrayList<Problem>();
        for (Written sink : of(file)) {
            String owner = sink.name.equals(STORE) ? "the hub" : taken.get(sink.name);
            if (owner != null) {
                String text = "sink '" + sink.name + "' belongs to " + owner + ", allowed is a name of its own";
                problems.add(new Problem(file.yaml().path(), sink.line, text));
            }
            taken.putIfAbsent(sink.name, "the route in line " + sink.line);
        }
        return problems;
    }

    /** Sinks of the configuration whose name a route has. */
    static List<Problem> check(List<ConfiguredSink> sinks, Collection<RouteFile> files) {
        var problems = new ArrayList<Problem>();
        for (RouteFile file : files) {
            for (Written taken : of(file)) {
                sinks.stream()
                        .filter(sink -> sink.name().equals(taken.name))
                        .map(sink -> new Problem(
                                sink.file(),
                                sink.line(),
                                "sink '" + sink.name() + "' belongs to " + file.name() + ", line " + taken.line
                                        + "; allowed is a name of its own"))
                        .forEach(problems::add);
            }
        }
        return problems;
    }

    private static List<Written> of(RouteFile file) {
        var sinks = new ArrayList<Written>();
        walk(file.yaml().root(), sinks);
        return sinks;
    }

    private static void walk(Node node, List<Written> sinks) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> walk(item, sinks));
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (RouteFile.text(tuple.getKeyNode()).equals("from")) {
                    add(tuple.getValueNode(), sinks);
                }
                walk(tuple.getValueNode(), sinks);
            }
        }
    }

    private static void add(Node from, List<Written> sinks) {
        Node uri = RouteFile.child(from, "uri");
        String[] parts = RouteFile.text(uri).split("\\?", 2);
        Node parameters = RouteFile.child(from, "parameters");
        String template = parts[0].equals("kamelet")
                ? RouteFile.text(RouteFile.child(parameters, "templateId"))
                : parts[0].replaceFirst("^kamelet:(//)?", "").split("/", 2)[0];
        if (uri == null || !parts[0].startsWith("kamelet") || !template.equals(KAMELET)) {
            return;
        }
        String name = parts.length < 2 ? null : query(parts[1]).get("name");
        Node given = RouteFile.child(parameters, "name");
        String known = name != null ? name : RouteFile.text(given);
        if (!known.isEmpty() && !known.contains("{{")) {
            sinks.add(new Written(known, YamlFile.line(name != null || given == null ? uri : given)));
        }
    }

    private static Map<String, String> query(String text) {
        var query = new HashMap<String, String>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : parts[1]);
        }
        return query;
    }
}
