package io.sightline.hub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.hub.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document, whole for readers, and the part of it that Camel routes answer: operations marked
 * {@code x-handler: spring} are left out there, so that an operation without a route stops the start.
 */
public final class Contract {
    private static final String FILE = "sightline/routes/api/openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final String text;
    private final ObjectNode document;

    public Contract() {
        this.text = read();
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        this.document = new ObjectMapper().valueToTree(tree);
    }

    /** From the class path: operations come with the code that answers them. */
    private static String read() {
        try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + ": cannot be read", e);
        }
    }

    /** The source, as served to callers. */
    public String text() {
        return text;
    }

    /** For {@code rest: openApi} in a route file. Who may call is judged before, so nothing here asks for a login. */
    public String routedOperations() {
        ObjectNode part = document.deepCopy();
        part.remove("security");
        // Camel takes all media types of an operation for one, which a client that asks for JSON alone does not accept.
        part.findParents(Problem.MEDIA_TYPE).forEach(content -> ((ObjectNode) content).remove(Problem.MEDIA_TYPE));
        part.findParents("content").stream()
                .filter(holder -> holder.get("content").isEmpty())
                .forEach(holder -> ((ObjectNode) holder).remove("content"));
        ObjectNode paths = (ObjectNode) part.get("paths");
        for (String path : names(paths)) {
            ObjectNode item = (ObjectNode) paths.get(path);
            for (String name : names(item)) {
                if (METHODS.contains(name)) {
                    ObjectNode operation = (ObjectNode) item.get(name);
                    operation.remove("security");
                    if (operation.path("x-handler").asText().equals("spring")) {
                        item.remove(name);
                    }
                }
            }
            if (names(item).stream().noneMatch(METHODS::contains)) {
                paths.remove(path);
            }
        }
        try {
            return new ObjectMapper().writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    /** Names of all parameters in paths and queries. */
    Set<String> parameters() {
        var names = new LinkedHashSet<String>();
        document.findParents("in")
                .forEach(parameter -> names.add(parameter.path("name").asText()));
        return names;
    }

    Set<String> queryParameters() {
        var names = new LinkedHashSet<String>();
        document.findParents("in").stream()
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .forEach(parameter -> names.add(parameter.path("name").asText()));
        return names;
    }

    /** Each operation as {@code GET /cameras/{id}}. */
    public Set<String> operations() {
        var operations = new LinkedHashSet<String>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (METHODS.contains(name)) {
                        operations.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    private static List<String> names(ObjectNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
