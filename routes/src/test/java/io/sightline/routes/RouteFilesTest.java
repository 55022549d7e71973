package io.sightline.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.constant.ConstantLanguage;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteFilesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> STEPS = List.of(
            "detectObjects",
            "trackObjects",
            "publishEvent",
            "pauseBeforeRetry",
            "storeEvent",
            "deliverWebhook",
            "delivered",
            "filtered",
            "formatEvent",
            "retryOrDeadLetter");

    /** Parameters of all templates. */
    private static final Map<String, Object> PARAMETERS = Map.of(
            "camera",
            "gate",
            "name",
            "erp",
            "kind",
            "detections,scene",
            "filter",
            "true",
            "target",
            "direct:receiver",
            "webhook",
            "abc");

    @ParameterizedTest
    @MethodSource("pipelineFiles")
    void shouldBeOneArrowThatTellsWhatItIs(Path file) throws Exception {
        JsonNode content = YAML.readTree(file.toFile());
        var schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        try (var schema = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
            assertThat(schemas.getSchema(schema).validate(content)).isEmpty();
        }
        assertThat(content).hasSize(1);
        JsonNode arrow = content.get(0).elements().next();
        assertThat(arrow.get("id").asText() + ".camel.yaml")
                .isEqualTo(file.getFileName().toString());
        assertThat(arrow.get("description").asText()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("pipelineFiles")
    void shouldLoad(Path file) throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.disableJMX();
            context.addComponent("spine", new StubComponent());
            context.addComponent("camera", new StubComponent());
            context.getRegistry().bind("cel", new ConstantLanguage());
            STEPS.forEach(step -> context.getRegistry().bind(step, (Processor) exchange -> {}));
            var resource = PluginHelper.getResourceLoader(context).resolveResource("file:" + file);
            PluginHelper.getRoutesLoader(context).loadRoutes(resource);
            for (var template : List.copyOf(context.getRouteTemplateDefinitions())) {
                context.addRouteFromTemplate("made-of-it", template.getId(), PARAMETERS);
            }
            context.build();
            context.init();

            assertThat(context.getRouteDefinitions()).hasSize(1);
        }
    }

    @Test
    void shouldReferToSchemasThatExist() throws Exception {
        var asyncApi = Path.of("api", "asyncapi.yaml");
        var references = YAML.readTree(asyncApi.toFile()).findValuesAsText("$ref");

        assertThat(references).hasSizeGreaterThan(20);
        for (String reference : references) {
            if (reference.startsWith("#")) {
                assertThat(YAML.readTree(asyncApi.toFile())
                                .at(reference.substring(1))
                                .isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(Path.of("api").resolve(reference)).exists();
            }
        }
    }

    static Stream<Path> pipelineFiles() throws IOException {
        try (var files = Files.list(Path.of("").toAbsolutePath())) {
            return files
                    .filter(file -> file.toString().endsWith(".camel.yaml"))
                    .filter(file -> !file.getFileName().toString().startsWith("rest"))
                    .toList()
                    .stream();
        }
    }
}
