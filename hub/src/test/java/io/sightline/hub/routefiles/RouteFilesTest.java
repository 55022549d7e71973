package io.sightline.hub.routefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sightline.hub.files.FileProblems;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFilesTest {
    private static final Duration SOON = Duration.ofSeconds(8);

    @TempDir
    Path own;

    @TempDir
    Path engineers;

    private final Integrations integrations = new Integrations(Clock.systemUTC());
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CountDownLatch hold = new CountDownLatch(1);
    private RouteFiles files;

    @BeforeEach
    void prepare() throws IOException {
        context.getRegistry()
                .bind("known", (Processor) exchange -> exchange.getMessage().setBody("known"));
        context.getRegistry().bind("slow", (Processor) exchange -> hold.await(10, TimeUnit.SECONDS));
        context.getShutdownStrategy().setTimeout(5);
        context.disableJMX();
        write(own, "hello.camel.yaml", hello("hello", "one"));
        write(own, "other.camel.yaml", hello("other", "other"));
        var kamelets = new RouteFolders(own, engineers).kamelets();
        context.getComponent("kamelet", KameletComponent.class).setLocation(kamelets);
        files = new RouteFiles(new RouteFolders(own, engineers), context, integrations);
    }

    @AfterEach
    void stop() throws IOException {
        hold.countDown();
        files.close();
        context.close();
    }

    private static String hello(String id, String answer) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - setBody: { constant: %s }
                """.formatted(id, id, answer);
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void start() {
        files.load();
        context.start();
        files.watch();
    }

    private String ask(String name) {
        return context.createProducerTemplate().requestBody("direct:" + name, "", String.class);
    }

    private List<String> routes() {
        return context.getRoutes().stream().map(Route::getId).sorted().toList();
    }

    private Integration state(String name) {
        return integrations.find("route-file", name).orElseThrow();
    }

    @Test
    void shouldTakeOverGoodEditWithoutTouchingOtherRoutes() throws Exception {
        write(
                own,
                "other.camel.yaml",
                hello("other", "other").replace("- setBody", "- process: { ref: slow }\n        - setBody"));
        start();
        long otherSince = context.getRoute("other").getUptimeMillis();
        var inFlight = context.createProducerTemplate().asyncRequestBody("direct:other", "", String.class);

        write(own, "hello.camel.yaml", hello("hello", "two"));

        await().atMost(SOON)
                .until(() -> context.getRoute("hello") != null && ask("hello").equals("two"));
        assertThat(context.getRoute("other").getUptimeMillis()).isGreaterThanOrEqualTo(otherSince);
        hold.countDown();
        assertThat(inFlight.get(5, TimeUnit.SECONDS)).isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- setBodyy: { constant: two } | 6: unknown key 'setBodyy', did you mean 'setBody'",
                "- to: timerr:x | 6: unknown component 'timerr', did you mean 'timer'",
                "- to: log:x?levl=INFO | 6: unknown option 'levl' of log, did you mean 'level'",
                "- to: log:x?level=LOUD | 6: option 'level' of log: got 'LOUD', allowed is TRACE, DEBUG, INFO, WARN, ERROR, OFF",
                "- to: { uri: 'log:x', parameters: { showAll: perhaps } } | 6: option 'showAll' of log: got 'perhaps', allowed is true or false",
                "- process: { ref: nobody } | 6: No bean could be found in the registry for: nobody",
                "- setBody: { simple: '${body' } | 6: simple: got '${body'",
                "- filter: { simple: '${body} ==', steps: [ { stop: {} } ] } | 6: simple: got '${body} =='",
                "- to: log:{{missing}} | 6: Property with key [missing] not found",
                "- setBody: { constant: x | 7: this is no YAML",
            })
    void shouldKeepRoutesWhereEditIsWrong(String step, String problem) throws IOException {
        start();
        String text = hello("hello", "one").replaceAll("- setBody.*\n", "");

        write(own, "hello.camel.yaml", text + "        " + step + "\n");

        await().atMost(SOON).until(() -> state("hello.camel.yaml").state() == IntegrationState.DEGRADED);
        assertThat(state("hello.camel.yaml").reason()).contains(own.resolve("hello.camel.yaml") + ":" + problem);
        assertThat(ask("hello")).isEqualTo("one");
        assertThat(ask("other")).isEqualTo("other");
    }

    @Test
    void shouldRefuseIdOfAnotherFileAndRoutesWithoutOne() throws IOException {
        start();

        write(engineers, "mine.camel.yaml", hello("other", "stolen").replace("direct:other", "direct:mine"));
        write(engineers, "bare.camel.yaml", "- from:\n    uri: direct:bare\n    steps:\n      - stop: {}\n");

        await().atMost(SOON)
                .until(() -> integrations.find("route-file", "mine.camel.yaml").isPresent()
                        && integrations.find("route-file", "bare.camel.yaml").isPresent());
        assertThat(state("mine.camel.yaml").reason())
                .contains("mine.camel.yaml:1: route 'other' is already in other.camel.yaml, allowed is once");
        assertThat(state("bare.camel.yaml").reason()).contains("bare.camel.yaml:1: a route needs an id of its own");
        assertThat(ask("other")).isEqualTo("other");
    }

    @Test
    void shouldFollowRenamedRouteAndDeletedFile() throws IOException {
        start();

        write(own, "hello.camel.yaml", hello("renamed", "two"));
        await().atMost(SOON).until(() -> routes().equals(List.of("other", "renamed")));
        Files.delete(own.resolve("hello.camel.yaml"));

        await().atMost(SOON).until(() -> routes().equals(List.of("other")));
        assertThat(integrations.find("route-file", "hello.camel.yaml")).isEmpty();
    }

    @Test
    void shouldLetEngineersFileReplaceOursAndGiveItBack() throws IOException {
        write(engineers, "hello.camel.yaml", hello("hello", "mine"));
        write(engineers, "deep/er/new.camel.yaml", hello("new", "new"));
        start();
        assertThat(ask("hello")).isEqualTo("mine");
        assertThat(ask("new")).isEqualTo("new");

        Files.delete(engineers.resolve("hello.camel.yaml"));

        await().atMost(SOON)
                .until(() -> context.getRoute("hello") != null && ask("hello").equals("one"));
    }

    @Test
    void shouldLeaveNoKameletBehind() throws IOException {
        write(own, "kamelets/tick-source.kamelet.yaml", """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata: { name: tick-source, labels: { camel.apache.org/kamelet.type: source } }
                spec:
                  definition: { title: Tick, required: [name], properties: { name: { type: string } } }
                  template:
                    from:
                      uri: "timer:{{name}}"
                      parameters: { period: 100 }
                      steps: [ { to: "kamelet:sink" } ]
                """);
        write(own, "kamelets/tell-sink.kamelet.yaml", """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata: { name: tell-sink, labels: { camel.apache.org/kamelet.type: sink } }
                spec:
                  definition: { title: Tell, properties: {} }
                  template: { from: { uri: "kamelet:source", steps: [ { to: "mock:told" } ] } }
                """);
        String tick = """
                - route:
                    id: tick
                    from:
                      uri: "kamelet:tick-source?name=a"
                      steps:
                        - to: "kamelet:tell-sink"
                """;
        write(own, "tick.camel.yaml", tick);
        start();
        assertThat(routes()).hasSize(5);

        for (int i = 0; i < 3; i++) {
            write(own, "tick.camel.yaml", tick + "        - log: \"%d\"%n".formatted(i));
            var wanted = "taken " + i;
            var before = state("tick.camel.yaml");
            await(wanted).atMost(SOON).until(() -> text("tick").contains("log"));
            assertThat(before.state()).isEqualTo(IntegrationState.ONLINE);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(routes()).hasSize(5));
        Files.delete(own.resolve("tick.camel.yaml"));

        await().atMost(SOON).until(() -> routes().equals(List.of("hello", "other")));
    }

    private String text(String route) {
        var definition = context.getRouteDefinition(route);
        return definition == null ? "" : definition.getOutputs().toString().toLowerCase(Locale.ROOT);
    }

    @Test
    void shouldMakeRoutesAnewWhereTemplateChanges() throws IOException {
        String template = """
                - routeTemplate:
                    id: greet
                    parameters: [ { name: who } ]
                    from:
                      uri: "direct:{{who}}"
                      steps:
                        - setBody: { simple: "Hello {{who}}" }
                """;
        write(own, "z-template.camel.yaml", template);
        write(own, "a-user.camel.yaml", """
                - templatedRoute:
                    routeId: greet-ann
                    routeTemplateRef: greet
                    parameters: [ { name: who, value: ann } ]
                """);
        List<Set<String>> told = new CopyOnWriteArrayList<>();
        files.listen(told::add);
        start();
        assertThat(ask("ann")).isEqualTo("Hello ann");

        write(own, "z-template.camel.yaml", template.replace("Hello", "Good day"));

        await().atMost(SOON).until(() -> told.size() == 1);
        assertThat(told).containsExactly(Set.of("greet"));
        assertThat(ask("ann")).isEqualTo("Good day ann");
        assertThat(context.getRouteController().getRouteStatus("greet-ann")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void shouldGoBackWhereRouteCannotStart() throws IOException {
        start();

        write(own, "hello.camel.yaml", hello("hello", "two").replace("direct:hello", "direct:other"));

        await().atMost(SOON).until(() -> state("hello.camel.yaml").state() == IntegrationState.DEGRADED);
        assertThat(ask("hello")).isEqualTo("one");
        assertThat(ask("other")).isEqualTo("other");
    }

    @Test
    void shouldRefuseStartWithEveryProblem() throws IOException {
        write(own, "hello.camel.yaml", hello("hello", "one") + "        - to: timerr:x\n");
        write(own, "third.camel.yaml", hello("other", "x") + "        - to: \"log:x?levl=1\"\n");
        Files.write(own.resolve("nul.camel.yaml"), new byte[] {'a', 0});

        var refused = catchThrowableOfType(FileProblems.class, files::load);

        assertThat(refused.problems())
                .map(problem -> problem.file().getFileName() + ":" + problem.line())
                .containsExactly("hello.camel.yaml:7", "nul.camel.yaml:1", "third.camel.yaml:1", "third.camel.yaml:7");
        assertThat(context.getRouteDefinitions()).isEmpty();
    }
}
