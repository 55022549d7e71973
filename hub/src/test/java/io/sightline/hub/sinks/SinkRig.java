package io.sightline.hub.sinks;

import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.spine.SpineRig;
import io.sightline.hub.status.Integration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Processor;

/** Sinks of a configuration over a spine of their own. */
final class SinkRig implements AutoCloseable {
    final SpineRig rig;
    final Sinks sinks;
    final SinkSteps steps;
    private final Path folder;
    private int sent;

    SinkRig(Path folder) throws Exception {
        this.folder = folder;
        rig = new SpineRig(folder.resolve("data"));
        sinks = new Sinks(rig.camel, rig.spine, rig.limits, rig.integrations);
        steps = new SinkSteps(sinks);
        rig.camel.getRegistry().bind("formatEvent", (Processor) steps::format);
        Processor lost = rig.camel.getRegistry().lookupByNameAndType("lost", Processor.class);
        rig.camel.getRegistry().bind("giveUp", (Processor) exchange -> {
            if (steps.giveUp(exchange, rig.retryOrDeadLetter)) {
                lost.process(exchange);
            }
        });
        rig.start("spine-to-sink.camel.yaml");
    }

    /** @param sinksYaml what stands below {@code sinks:} */
    void start(String sinksYaml) {
        sinks.start(settings(sinksYaml));
    }

    void change(String sinksYaml) {
        sinks.change(settings(sinksYaml));
    }

    SightlineSettings settings(String sinksYaml) {
        return SettingsLoader.check(folder, """
                sightline:
                  detectors: { people: { type: hog } }
                  cameras:
                    gate: { uri: "demo:crossing", detector: people }
                    yard: { uri: "demo:crossing", detector: people }
                  sinks:
                """ + sinksYaml.indent(4));
    }

    /** Sends an event of a camera and gives back its bytes. */
    String send(String camera, Map<String, Object> data) {
        int number = ++sent;
        String event = event(camera, number, data);
        rig.send("sightline.detections." + camera, event);
        return event;
    }

    String send(String camera) {
        return send(camera, Map.of("confidence", 0.83));
    }

    static String event(String camera, int number, Map<String, Object> data) {
        var json = new StringBuilder();
        data.forEach((key, value) -> json.append(json.isEmpty() ? "" : ",")
                .append('"')
                .append(key)
                .append("\":")
                .append(value instanceof String ? "\"" + value + "\"" : value));
        return "{\"specversion\":\"1.0\",\"id\":\"0198-" + number + "\",\"source\":\"/hubs/a/cameras/" + camera
                + "\",\"type\":\"io.sightline.detection.started\",\"subject\":\"" + camera
                + "\",\"time\":\"2026-11-21T10:15:00.120Z\",\"datacontenttype\":\"application/json\",\"partitionkey\":\""
                + camera + "\",\"sequence\":\"000001-" + String.format("%013d", number)
                + "\",\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\",\"data\":{" + json
                + "}}";
    }

    Integration state(String sink) {
        return rig.integrations.find("sink", sink).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        sinks.stop();
        rig.close();
    }
}
