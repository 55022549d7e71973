package io.sightline.hub.spine;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.processors.Event.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** Publishes to three sinks, one that takes all, one that rejects every seventh, one that wants every third, until it is killed. */
final class ThreeSinks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ThreeSinks() {}

    public static void main(String[] arguments) throws Exception {
        var rig = new SinkRig(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        routes(rig);
        System.out.println("ready");
        Thread second = new Thread(() -> publish(rig, "dock"));
        second.setDaemon(true);
        second.start();
        publish(rig, "gate");
    }

    static void routes(SinkRig rig) throws Exception {
        rig.bind("reject", exchange -> {
            if (value(exchange) % 7 == 0) {
                throw new UnreadableEventException("a seventh", null);
            }
        });
        rig.bind("third", exchange -> exchange.setProperty("third", value(exchange) % 3 == 0));
        rig.route("takes-all", "all", "- log: { message: got, loggingLevel: TRACE }");
        rig.route("rejects", "detections", "- process: { ref: reject }");
        rig.route("filters", "scene", """
                - process: { ref: third }
                - choice:
                    when:
                      - simple: "${exchangeProperty.third} == true"
                        steps:
                          - log: { message: got, loggingLevel: TRACE }
                    otherwise:
                      steps:
                        - process: { ref: filtered }
                """);
    }

    private static void publish(SinkRig rig, String camera) {
        for (int i = 1; ; i++) {
            rig.publish(i % 2 == 0 ? Kind.SCENE : Kind.DETECTION, camera, i);
            System.out.println("acknowledged " + camera + " " + i);
        }
    }

    private static int value(Exchange exchange) throws IOException {
        return JSON.readTree(exchange.getMessage().getBody(byte[].class))
                .at("/data/value")
                .asInt();
    }
}
