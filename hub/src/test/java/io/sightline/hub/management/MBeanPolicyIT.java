package io.sightline.hub.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.hub.console.RunningHub;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, as the administrator, against the MBeans of a running hub. */
class MBeanPolicyIT {
    private static final String ROUTE = "org.apache.camel:context=sightline,type=routes,name=\"events-to-spine\"";
    private static final String CAMERA_ROUTE =
            "org.apache.camel:context=sightline,type=routes,name=\"camera-gate-to-frames\"";
    private static final String FRAMES_ROUTE =
            "org.apache.camel:context=sightline,type=routes,name=\"frames-to-detections\"";
    private static final String QUEUES = "org.apache.activemq.artemis:subcomponent=queues,*";

    @TempDir
    private static Path folder;

    private static RunningHub hub;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(folder);
        token = hub.token();
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.onManagement(path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode jolokia(Map<String, Object> order) throws Exception {
        return hub.json(request("/actuator/jolokia")
                .header("Content-Type", "application/json")
                .POST(RunningHub.body(order))
                .build());
    }

    private static JsonNode exec(String mbean, String operation, Object... arguments) throws Exception {
        return jolokia(Map.of("type", "exec", "mbean", mbean, "operation", operation, "arguments", List.of(arguments)));
    }

    @Test
    void shouldReadFiguresOfARoute() throws Exception {
        JsonNode answer = jolokia(Map.of("type", "read", "mbean", ROUTE, "attribute", "State"));

        assertThat(answer.path("value").asText()).as(answer.toString()).isEqualTo("Started");
    }

    @Test
    void shouldListOnlyMBeansOfThisPolicy() throws Exception {
        JsonNode domains = jolokia(Map.of("type", "list")).path("value");

        assertThat(domains.fieldNames()).toIterable().contains("org.apache.camel", "org.apache.activemq.artemis");
        assertThat(domains.fieldNames())
                .toIterable()
                .doesNotContain("com.sun.management", "JMImplementation", "java.util.logging", "Tomcat");
    }

    @Test
    void shouldStopAndStartARoute() throws Exception {
        var camel = hub.bean(CamelContext.class).getRouteController();

        JsonNode stopped = exec(CAMERA_ROUTE, "stop()");
        assertThat(stopped.path("status").asInt()).as(stopped.toString()).isEqualTo(200);
        assertThat(camel.getRouteStatus("camera-gate-to-frames").isStopped()).isTrue();

        exec(CAMERA_ROUTE, "start()");
        assertThat(camel.getRouteStatus("camera-gate-to-frames").isStarted()).isTrue();
    }

    @Test
    void shouldResetTheFiguresOfARoute() throws Exception {
        assertThat(exec(ROUTE, "reset()").path("status").asInt()).isEqualTo(200);
    }

    @Test
    void shouldListMessagesOfAQueue() throws Exception {
        JsonNode found = jolokia(Map.of("type", "search", "mbean", QUEUES)).path("value");
        assertThat(found).isNotEmpty();

        JsonNode answer = exec(found.get(0).asText(), "listMessagesAsJSON(java.lang.String)", "");

        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "org.apache.camel:context=sightline,type=context,name=\"sightline\" | sendBody(java.lang.String,java.lang.Object)",
                "org.apache.camel:context=sightline,type=context,name=\"sightline\" | requestBody(java.lang.String,java.lang.Object)",
                "org.apache.camel:context=sightline,type=context,name=\"sightline\" | createEndpoint(java.lang.String)",
                "org.apache.camel:context=sightline,type=context,name=\"sightline\" | dumpRoutesAsXml()",
                "org.apache.camel:context=sightline,type=context,name=\"sightline\" | stop()",
                ROUTE + " | updateRouteFromXml(java.lang.String)",
                ROUTE + " | dumpRouteAsXml()",
                ROUTE + " | remove()",
                ROUTE + " | stop()",
                ROUTE + " | stop(long)",
                ROUTE + " | suspend()",
                FRAMES_ROUTE + " | stop()",
                FRAMES_ROUTE + " | suspend()",
                "com.sun.management:type=DiagnosticCommand | vmSystemProperties()",
                "com.sun.management:type=HotSpotDiagnostic | dumpHeap(java.lang.String,boolean)",
                "java.util.logging:type=Logging | setLoggerLevel(java.lang.String,java.lang.String)",
                "java.lang:type=Memory | gc()",
                "java.lang:type=Threading | dumpAllThreads(boolean,boolean)",
                "jolokia:type=Config | resetHistoryEntries()",
                "org.apache.activemq.artemis:broker=\"sightline\" | destroyQueue(java.lang.String)",
                "org.apache.activemq.artemis:broker=\"sightline\" | stop()",
            })
    void shouldDenyEveryOtherOperation(String mbean, String operation) throws Exception {
        JsonNode answer = exec(mbean, operation, "a", "b");

        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendMessage", "destroy", "pause", "changeMessagesPriority", "expireMessages", "purge"})
    void shouldDenyOtherOperationsOnQueues(String operation) throws Exception {
        String queue = jolokia(Map.of("type", "search", "mbean", QUEUES))
                .path("value")
                .get(0)
                .asText();

        assertThat(exec(queue, operation).path("status").asInt()).isEqualTo(403);
    }

    @Test
    void shouldDenyToWriteAttributes() throws Exception {
        JsonNode answer = jolokia(
                Map.of("type", "write", "mbean", "java.lang:type=Memory", "attribute", "Verbose", "value", true));

        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemProperties", "InputArguments"})
    void shouldDenyWhatMayHoldSecrets(String attribute) throws Exception {
        JsonNode one = jolokia(Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", attribute));
        JsonNode all = jolokia(Map.of("type", "read", "mbean", "java.lang:type=Runtime"));

        assertThat(one.path("status").asInt()).as(one.toString()).isEqualTo(403);
        assertThat(all.path("value").path(attribute).asText("")).doesNotContain("java.home", "-X");
        assertThat(all.toString()).doesNotContain("java.class.path=");
    }

    @Test
    void shouldNotCallOtherAgents() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            other.setSoTimeout(500);
            String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + other.getLocalPort() + "/jmxrmi";

            jolokia(Map.of("type", "version", "target", Map.of("url", url)));
            jolokia(Map.of("type", "read", "mbean", "java.lang:type=Memory", "target", Map.of("url", url)));

            assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/jolokia/exec/java.lang:type=Memory/gc",
                "/actuator/jolokia/write/java.lang:type=Memory/Verbose/true",
                "/actuator/jolokia?p=exec/java.lang:type=Memory/gc",
                "/actuator/jolokia/;x/exec/java.lang:type=Memory/gc",
                "/actuator/jolokia/%65xec/java.lang:type=Memory/gc"
            })
    void shouldNotActOnAMereLink(String path) throws Exception {
        int status = hub.send(request(path).build()).statusCode();

        assertThat(status).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator/jolokia",
                "/actuator/jolokia/version",
                "/actuator/hawtio",
                "/actuator/hawtio/proxy/127.0.0.1",
                "/actuator/env",
                "/actuator/heapdump"
            })
    void shouldTellAnonymousCallersNothing(String path) throws Exception {
        int status =
                hub.send(HttpRequest.newBuilder(hub.onManagement(path)).build()).statusCode();

        assertThat(status).isIn(302, 401, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/heapdump", "/actuator/beans", "/actuator/loggers"})
    void shouldNotServeEndpointsThatTellTooMuch(String path) throws Exception {
        assertThat(hub.send(request(path).build()).statusCode()).isIn(403, 404);
    }

    @Test
    void shouldTellHealthAndMetrics() throws Exception {
        String health = hub.send(request("/actuator/health").build()).body();
        String metrics = hub.send(request("/actuator/prometheus").build()).body();

        assertThat(health).contains("\"status\"", "spine/spine");
        assertThat(metrics)
                .contains(
                        "sightline_integration_state{id=\"spine\",kind=\"spine\",state=\"ONLINE\"} 1.0",
                        "sightline_spine_dead_letters");
    }
}
