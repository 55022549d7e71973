package io.sightline.hub.settings;

import io.sightline.engine.net.AddressSecrets;
import io.sightline.engine.net.Network;
import io.sightline.engine.scene.GroundPoint;
import io.sightline.engine.scene.Point;
import io.sightline.hub.files.Suggestion;
import io.sightline.hub.files.YamlFile;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML nodes into records as {@link Setting} describes them, and goes on after a problem to find the next. */
final class RecordReader {
    static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final String EMPTY = "\"\"";

    private final Reading reading;
    private final Values values;
    private final Checks checks;

    RecordReader(Reading reading) {
        this.reading = reading;
        this.values = new Values(reading);
        this.checks = new Checks(reading, values);
    }

    /**
     * Where a record stands.
     *
     * @param key for people, empty at the top
     * @param id key of the item, empty where the record is none
     * @param defaults values of keys that are not given
     */
    record Place(String key, String id, int line, Map<String, Node> defaults) {
        String of(String name) {
            return key.isEmpty() ? name : key + "." + name;
        }

        String of(String name, boolean own) {
            return own || !defaults.containsKey(name) ? of(name) : "camera-defaults." + name;
        }
    }

    /** @return empty if anything in it was refused */
    <R extends Record> Optional<R> read(Class<R> type, Map<String, Node> entries, Place place) {
        var found = new LinkedHashMap<String, Object>();
        var written = new LinkedHashMap<String, Written>();
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = component.isAnnotationPresent(Setting.class)
                    ? value(component, entries, place, written)
                    : place.id();
            if (value != null) {
                found.put(component.getName(), value);
            }
        }
        checks.check(type, found, written, place);
        return found.size() == type.getRecordComponents().length ? Optional.of(build(type, found)) : Optional.empty();
    }

    /** The keys of a record as they are written in the file. */
    static List<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Setting.class))
                .flatMap(component -> keys(component).stream())
                .toList();
    }

    private static List<String> keys(RecordComponent component) {
        String defaults = component.getAnnotation(Setting.class).defaultsIn();
        return defaults.isEmpty() ? List.of(key(component)) : List.of(defaults, key(component));
    }

    static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Keys that may stand in the defaults of all items of this type. */
    static List<String> sharedKeys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Setting.class)
                        && component.getAnnotation(Setting.class).shared())
                .map(RecordReader::key)
                .toList();
    }

    private @Nullable Object value(
            RecordComponent component, Map<String, Node> entries, Place place, Map<String, Written> written) {
        Setting setting = component.getAnnotation(Setting.class);
        String key = key(component);
        Node node = entries.getOrDefault(key, place.defaults().get(key));
        Class<?> type = component.getType();
        if (setting.items() != Record.class && type != List.class) {
            return made(component, Optional.ofNullable(node), place.of(key));
        } else if (Record.class.isAssignableFrom(type) && type != Point.class) {
            return nested(type.asSubclass(Record.class), Optional.ofNullable(node), place.of(key));
        } else if (type == Map.class && argument(component) == Integer.class) {
            return numbers(node, place.of(key));
        } else if (type == Map.class) {
            Class<?> item = argument(component);
            return items(item.asSubclass(Record.class), node, defaults(setting, item, entries), place.of(key));
        } else if (type == List.class && setting.items() != Record.class) {
            return shapes(setting.items(), node, place.of(key));
        } else if (type == Set.class) {
            return new WordLists(reading).read(setting, node, place.of(key));
        } else if (type == List.class && isOf(component, Network.class)) {
            return node == null ? List.of() : values.networks(node, place.of(key));
        } else if (type == List.class && isOf(component, Double.class)) {
            return node == null ? List.of() : values.numbers(node, place.of(key));
        } else if (type == Point.class || type == List.class) {
            return points(component, node, place);
        }
        String at = place.of(key, entries.containsKey(key));
        Written got = node == null ? null : scalar(node, at, setting.secret());
        if (node != null && got == null) {
            return null;
        }
        return single(component, Optional.ofNullable(got), place, written);
    }

    private @Nullable Object single(
            RecordComponent component, Optional<Written> got, Place place, Map<String, Written> written) {
        Setting setting = component.getAnnotation(Setting.class);
        boolean optional = component.getType() == Optional.class;
        Class<?> type = optional ? argument(component) : component.getType();
        if (got.isPresent()) {
            written.put(component.getName(), got.get());
            if (optional
                    && setting.standard().equals(Values.AUTO)
                    && got.get().text().equals(Values.AUTO)) {
                return Optional.empty();
            }
            Object value = values.read(type, setting, got.get());
            return value == null || !optional ? value : Optional.of(value);
        } else if (optional) {
            return Optional.empty();
        } else if (setting.standard().isEmpty()) {
            reading.problem(place.line(), place.key() + ": '" + key(component) + "' is missing");
            return null;
        } else if (setting.standard().equals(EMPTY)) {
            return "";
        }
        String key = place.of(key(component));
        return values.read(
                type, setting, new Written(place.line(), key, setting.standard(), setting.standard(), false, false));
    }

    private @Nullable Written scalar(Node node, String key, boolean secret) {
        return scalar(reading, node, new At(key, secret));
    }

    /** What a value is called, and whether it is not to be shown. */
    record At(String key, boolean secret) {}

    static @Nullable Written scalar(Reading reading, Node node, At at) {
        String key = at.key();
        if (!(node instanceof ScalarNode scalar)) {
            reading.problem(YamlFile.line(node), key + ": got " + kind(node) + ", allowed is a single value");
            return null;
        }
        var before = reading.problems().size();
        int line = YamlFile.line(node);
        String text = reading.secrets().fill(scalar.getValue(), problem -> reading.problem(line, key + ": " + problem));
        if (reading.problems().size() > before) {
            return null;
        }
        String source = AddressSecrets.hidden(scalar.getValue());
        return new Written(line, key, text, source, scalar.getScalarStyle() != ScalarStyle.PLAIN, at.secret());
    }

    private @Nullable Object nested(Class<? extends Record> type, Optional<Node> node, String key) {
        Map<String, Node> entries = node.isEmpty() ? Map.of() : entries(node.get(), key, keys(type));
        int line = node.map(YamlFile::line).orElse(1);
        return read(type, entries, new Place(key, "", line, Map.of())).orElse(null);
    }

    private Map<String, Node> defaults(Setting setting, Class<?> item, Map<String, Node> entries) {
        Node node = entries.get(setting.defaultsIn());
        return node == null ? Map.of() : entries(node, setting.defaultsIn(), sharedKeys(item));
    }

    private <R extends Record> Map<String, R> items(
            Class<R> type, @Nullable Node node, Map<String, Node> defaults, String key) {
        var items = new LinkedHashMap<String, R>();
        if (node == null) {
            return items;
        }
        entries(node, key, List.of()).forEach((id, item) -> {
            String place = key + "." + id;
            int line = YamlFile.line(item);
            if (type != FilterKeys.class && !ID.matcher(id).matches()) {
                reading.problem(
                        line,
                        key + ": got the id '" + id
                                + "', allowed are 1 to 63 of a-z, 0-9, _ and -, the first a letter or" + " digit");
            }
            if (type == FilterKeys.class) {
                reading.words().add(new Written(line, key, id, id, false, false));
            }
            read(type, entries(item, place, keys(type)), new Place(place, id, line, defaults))
                    .ifPresent(read -> items.put(id, read));
        });
        return Collections.unmodifiableMap(items);
    }

    private @Nullable Map<String, Integer> numbers(@Nullable Node node, String key) {
        var numbers = new LinkedHashMap<String, Integer>();
        int before = reading.problems().size();
        Map<String, Node> entries = node == null ? Map.of() : entries(node, key, List.of());
        entries.forEach((name, value) -> {
            Written written = scalar(value, key + "." + name, false);
            if (written != null && WHOLE.matcher(written.text()).matches()) {
                numbers.put(name, Integer.valueOf(written.text()));
            } else if (written != null) {
                reading.refuse(written, "is a whole number");
            }
        });
        return reading.problems().size() > before ? null : Collections.unmodifiableMap(numbers);
    }

    private List<?> shapes(Class<? extends Record> type, @Nullable Node node, String key) {
        var made = new ArrayList<Object>();
        items(type, node, Map.of(), key).forEach((id, item) -> {
            Object value = value((Keys<?>) item, node == null ? 1 : YamlFile.line(node), key + "." + id);
            if (value != null) {
                made.add(value);
            }
        });
        return made;
    }

    /** What one set of keys makes; of an optional one nothing where it is not there. */
    private @Nullable Object made(RecordComponent component, Optional<Node> node, String key) {
        boolean optional = component.getType() == Optional.class;
        if (optional && node.isEmpty()) {
            return Optional.empty();
        }
        Object keys = nested(component.getAnnotation(Setting.class).items(), node, key);
        Object value = keys == null
                ? null
                : value((Keys<?>) keys, node.map(YamlFile::line).orElse(1), key);
        return value == null || !optional ? value : Optional.of(value);
    }

    private @Nullable Object value(Keys<?> keys, int line, String key) {
        try {
            return keys.value();
        } catch (IllegalArgumentException e) {
            reading.problem(line, key + ": " + e.getMessage());
            return null;
        }
    }

    private @Nullable Object points(RecordComponent component, @Nullable Node node, Place place) {
        String key = key(component);
        String what = component.getGenericType().getTypeName();
        if (node == null) {
            reading.problem(place.line(), place.key() + ": '" + key + "' is missing");
            return null;
        }
        var shapes = new Shapes(reading);
        if (what.endsWith("<" + GroundPoint.class.getName() + ">")) {
            return shapes.metres(node, place.of(key));
        }
        return component.getType() == Point.class
                ? shapes.point(node, place.of(key))
                : shapes.polygon(node, place.of(key));
    }

    /**
     * The entries of a mapping; keys that stand twice or are not allowed are problems.
     *
     * @param allowed empty: any
     */
    Map<String, Node> entries(Node node, String place, List<String> allowed) {
        var entries = new LinkedHashMap<String, Node>();
        var lines = new LinkedHashMap<String, Integer>();
        if (node instanceof ScalarNode scalar && Tag.NULL.equals(scalar.getTag())) {
            return entries;
        }
        if (!(node instanceof MappingNode mapping)) {
            reading.problem(YamlFile.line(node), place + ": got " + kind(node) + ", allowed are keys with values");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            int line = YamlFile.line(tuple.getKeyNode());
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (lines.putIfAbsent(key, line) != null) {
                reading.problem(
                        line,
                        at(place) + "'" + key + "' stands here and in line " + lines.get(key) + ", allowed is once");
            } else if (!allowed.isEmpty() && !allowed.contains(key)) {
                reading.problem(
                        line,
                        at(place) + "unknown key '" + key + "', allowed are " + String.join(", ", allowed)
                                + Suggestion.text(key, allowed));
            } else {
                entries.put(key, tuple.getValueNode());
            }
        }
        return entries;
    }

    private static String at(String place) {
        return place.isEmpty() ? "" : place + ": ";
    }

    static String kind(Node node) {
        if (node instanceof SequenceNode) {
            return "a list";
        } else if (node instanceof MappingNode) {
            return "keys with values";
        }
        return "'" + AddressSecrets.hidden(((ScalarNode) node).getValue()) + "'";
    }

    private static boolean isOf(RecordComponent list, Class<?> item) {
        return ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0] == item;
    }

    private static Class<?> argument(RecordComponent component) {
        var arguments = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
        return (Class<?>) arguments[arguments.length - 1];
    }

    static <R extends Record> R build(Class<R> type, Map<String, Object> found) {
        var types = new ArrayList<Class<?>>();
        var arguments = new ArrayList<Object>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.add(component.getType());
            arguments.add(found.get(component.getName()));
        }
        try {
            return type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings record " + type.getSimpleName() + " cannot be made", e);
        }
    }
}
