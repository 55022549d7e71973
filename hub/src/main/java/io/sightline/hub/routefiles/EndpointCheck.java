package io.sightline.hub.routefiles;

import io.sightline.hub.files.Problem;
import io.sightline.hub.files.Suggestion;
import io.sightline.hub.files.YamlFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.LanguageValidationResult;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Looks up every endpoint's options and every simple expression of a route file in Camel's catalogue. */
final class EndpointCheck {
    private static final Set<String> SENDING = Set.of("to", "toD", "to-d", "wireTap", "wire-tap");
    private static final Set<String> PREDICATES = Set.of("filter", "when", "validate");

    private final Components components;

    EndpointCheck(Components components) {
        this.components = components;
    }

    List<Problem> check(YamlFile file) {
        var problems = new ArrayList<Problem>();
        walk(new Place("", file.root()), file, problems);
        return problems;
    }

    private record Place(String key, Node node) {}

    private void walk(Place place, YamlFile file, List<Problem> problems) {
        if (place.node() instanceof SequenceNode list) {
            list.getValue().forEach(item -> walk(new Place(place.key(), item), file, problems));
        } else if (place.node() instanceof MappingNode mapping && !place.key().equals("beans")) {
            Node uri = RouteFile.child(mapping, "uri");
            if (uri instanceof ScalarNode scalar) {
                endpoint(place.key(), scalar, options(mapping)).forEach(text -> problems.add(at(file, uri, text)));
            }
            for (NodeTuple tuple : mapping.getValue()) {
                var inner = new Place(RouteFile.text(tuple.getKeyNode()), tuple.getValueNode());
                single(place.key(), inner).forEach(text -> problems.add(at(file, inner.node(), text)));
                walk(inner, file, problems);
            }
        }
    }

    private static Problem at(YamlFile file, Node node, String text) {
        return new Problem(file.path(), YamlFile.line(node), text);
    }

    private List<String> single(String parent, Place place) {
        if (place.key().equals("simple")) {
            Node inner = RouteFile.child(place.node(), "expression");
            String text = RouteFile.text(inner == null ? place.node() : inner);
            return text.isEmpty() ? List.of() : simple(text, PREDICATES.contains(parent));
        } else if (place.node() instanceof ScalarNode uri && SENDING.contains(place.key())) {
            return endpoint(place.key(), uri, Map.of());
        }
        return List.of();
    }

    private List<String> simple(String text, boolean predicate) {
        ClassLoader loader = EndpointCheck.class.getClassLoader();
        LanguageValidationResult result = predicate
                ? components.catalog().validateLanguagePredicate(loader, "simple", text)
                : components.catalog().validateLanguageExpression(loader, "simple", text);
        String error = result.getShortError() == null ? result.getError() : result.getShortError();
        return result.isSuccess() ? List.of() : List.of("simple: got '" + text + "': " + error);
    }

    private static Map<String, String> options(MappingNode mapping) {
        var options = new LinkedHashMap<String, String>();
        if (RouteFile.child(mapping, "parameters") instanceof MappingNode parameters) {
            parameters.getValue().forEach(tuple -> {
                if (tuple.getValueNode() instanceof ScalarNode value) {
                    options.put(RouteFile.text(tuple.getKeyNode()), value.getValue());
                }
            });
        }
        return options;
    }

    private List<String> endpoint(String key, ScalarNode node, Map<String, String> options) {
        return endpoint(key, node.getValue(), options);
    }

    /** What is wrong with an address that is sent to. */
    List<String> sent(String uri) {
        return endpoint("to", uri, Map.of());
    }

    private List<String> endpoint(String key, String uri, Map<String, String> options) {
        String scheme = uri.split("[:?]", 2)[0];
        if (uri.contains("${") || scheme.contains("{{") || scheme.equals("ref")) {
            return List.of(); // known when the route runs only; the dry run sees what is known before
        }
        Optional<String> known = components.known(scheme);
        if (known.isEmpty()) {
            return components.exists(scheme)
                    ? List.of()
                    : List.of("unknown component '" + scheme + "'"
                            + Suggestion.text(scheme, components.catalog().findComponentNames()));
        }
        var whole = new StringBuilder(known.get()).append(uri.substring(scheme.length()));
        if (!uri.contains(":")) {
            return List.of(); // the path stands among the parameters; the dry run puts them together
        }
        options.forEach((name, value) -> whole.append(whole.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        boolean reads = key.equals("from");
        EndpointValidationResult result =
                components.catalog().validateEndpointProperties(whole.toString(), false, reads, SENDING.contains(key));
        return result.isSuccess() ? List.of() : told(scheme, result);
    }

    private List<String> told(String scheme, EndpointValidationResult result) {
        var told = new ArrayList<String>();
        if (!takesAnyOption(scheme)) {
            set(result.getUnknown())
                    .forEach(name -> told.add("unknown option '" + name + "' of " + scheme
                            + Suggestion.text(name.toString(), known(scheme))));
        }
        set(result.getRequired()).forEach(name -> told.add("option '" + name + "' of " + scheme + " is missing"));
        set(result.getNotConsumerOnly())
                .forEach(name -> told.add("option '" + name + "' of " + scheme + " is for sending only"));
        set(result.getNotProducerOnly())
                .forEach(name -> told.add("option '" + name + "' of " + scheme + " is for receiving only"));
        wrong(told, scheme, result.getInvalidBoolean(), "true or false");
        wrong(told, scheme, result.getInvalidInteger(), "a whole number");
        wrong(told, scheme, result.getInvalidNumber(), "a number");
        wrong(told, scheme, result.getInvalidDuration(), "a time, for example 5s");
        wrong(told, scheme, result.getInvalidReference(), "the name of a bean");
        map(result.getInvalidEnum()).forEach((name, value) -> {
            List<String> choices = result.getEnumChoices(name.toString());
            told.add(option(name, scheme, value)
                    + String.join(", ", choices)
                    + Suggestion.text(value.toString(), choices));
        });
        if (told.isEmpty() && result.getSyntaxError() != null) {
            told.add(scheme + ": " + result.getSyntaxError());
        }
        return told;
    }

    private boolean takesAnyOption(String scheme) {
        var model = components.catalog().componentModel(components.known(scheme).orElse(scheme));
        return model != null && model.isLenientProperties();
    }

    private List<String> known(String scheme) {
        var model = components.catalog().componentModel(components.known(scheme).orElse(scheme));
        return model == null
                ? List.of()
                : model.getEndpointParameterOptions().stream()
                        .map(option -> option.getName())
                        .toList();
    }

    private static void wrong(List<String> told, String scheme, Map<?, ?> values, String allowed) {
        map(values).forEach((name, value) -> told.add(option(name, scheme, value) + allowed));
    }

    private static String option(Object name, String scheme, Object value) {
        return "option '" + name + "' of " + scheme + ": got '" + value + "', allowed is ";
    }

    private static Set<?> set(Set<?> names) {
        return names == null ? Set.of() : names;
    }

    private static Map<?, ?> map(Map<?, ?> values) {
        return values == null ? Map.of() : values;
    }
}
