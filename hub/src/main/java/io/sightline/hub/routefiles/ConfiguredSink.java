package io.sightline.hub.routefiles;

import io.sightline.hub.files.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A sink of the configuration, as far as route files and Camel's catalogue have to do with it.
 *
 * @param line where it stands in the file
 * @param options an address with its options; empty where they are not Camel's
 */
public record ConfiguredSink(Path file, int line, String name, Optional<String> options) {

    /**
     * Finds the lines of sinks.
     *
     * @param options by the name of the sink
     */
    public static List<ConfiguredSink> in(Path file, Map<String, Optional<String>> options) {
        var sinks = new ArrayList<ConfiguredSink>();
        if (options.isEmpty()) {
            return sinks;
        }
        Node all = RouteFile.child(RouteFile.child(YamlFile.read(file).root(), "sightline"), "sinks");
        if (all instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> {
                String name = RouteFile.text(tuple.getKeyNode());
                if (options.containsKey(name)) {
                    Node uri = RouteFile.child(tuple.getValueNode(), "uri");
                    int line = YamlFile.line(uri == null ? tuple.getKeyNode() : uri);
                    sinks.add(new ConfiguredSink(file, line, name, options.get(name)));
                }
            });
        }
        return sinks;
    }
}
