package io.sightline.hub.routefiles;

import io.sightline.hub.files.YamlFile;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One route file as it is read.
 *
 * @param name from its folder; a file of the same name replaces ours
 * @param routes ids of its routes, those from templates too, with their lines
 * @param templates ids of its route templates, with their lines
 * @param usedTemplates ids of templates that its routes are made from
 * @param nameless lines of routes without an id
 */
record RouteFile(
        String name,
        YamlFile yaml,
        Map<String, Integer> routes,
        Map<String, Integer> templates,
        Set<String> usedTemplates,
        Set<Integer> nameless) {

    static RouteFile of(String name, YamlFile yaml) {
        var file = new RouteFile(
                name, yaml, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        if (yaml.root() instanceof SequenceNode list) {
            list.getValue().forEach(file::look);
        }
        return file;
    }

    private void look(Node item) {
        if (!(item instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Node value = tuple.getValueNode();
            int line = YamlFile.line(tuple.getKeyNode());
            switch (text(tuple.getKeyNode())) {
                case "route" -> add(routes, text(child(value, "id")), line);
                case "from" -> nameless.add(line);
                case "routeTemplate", "route-template" -> add(templates, text(child(value, "id")), line);
                case "templatedRoute", "templated-route" -> {
                    String id = text(child(value, "routeId"));
                    add(routes, id.isEmpty() ? text(child(value, "route-id")) : id, line);
                    String used = text(child(value, "routeTemplateRef"));
                    usedTemplates.add(used.isEmpty() ? text(child(value, "route-template-ref")) : used);
                }
                default -> {
                    // beans, rest and configurations have no routes of their own
                }
            }
        }
    }

    private void add(Map<String, Integer> ids, String id, int line) {
        if (id.isEmpty() || ids.putIfAbsent(id, line) != null) {
            nameless.add(line);
        }
    }

    static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static @Nullable Node child(@Nullable Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (text(tuple.getKeyNode()).equals(key)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }
}
