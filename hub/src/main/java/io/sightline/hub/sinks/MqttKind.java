package io.sightline.hub.sinks;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Message;
import org.apache.camel.component.paho.PahoConstants;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** MQTT 5 ({@code paho-mqtt5:}) and 3.1.1 ({@code paho:}): acknowledged by PUBACK or PUBCOMP. */
final class MqttKind implements SinkKind {
    private static final String MQTT_5 = "paho-mqtt5";

    @Override
    public Set<String> schemes() {
        return Set.of(MQTT_5, "paho");
    }

    @Override
    public String example() {
        return "uri: paho-mqtt5:plant/{kind}/{key} and server: tcp://broker:1883";
    }

    @Override
    public Server server() {
        return Server.NEEDED;
    }

    @Override
    public Set<Guarantee> guarantees(SinkSettings sink, SinkAddress address) {
        return address.options().getOrDefault("qos", "1").equals("0")
                ? EnumSet.of(Guarantee.AT_MOST_ONCE)
                : EnumSet.of(Guarantee.AT_MOST_ONCE, Guarantee.AT_LEAST_ONCE);
    }

    @Override
    public Set<String> ownOptions(SinkSettings sink) {
        return Set.of("brokerUrl", "userName", "password", "lazyStartProducer", "automaticReconnect", "client");
    }

    @Override
    public List<SinkRules.Problem> problems(SinkSettings sink, SinkAddress address) {
        String server = sink.server().orElse("tcp://");
        boolean known = Set.of("tcp", "ssl", "ws", "wss").contains(server.split("://", 2)[0]);
        String topic = address.path();
        if (!known) {
            return List.of(new SinkRules.Problem(
                    "server", "allowed are tcp://, ssl://, ws:// and wss:// addresses, for example tcp://broker:1883"));
        } else if (topic.isEmpty() || topic.contains("#") || topic.contains("+")) {
            return List.of(
                    new SinkRules.Problem("uri", "allowed is a topic without + and #, for example " + example()));
        }
        return List.of();
    }

    @Override
    public Endpoint open(Opening opening) throws Exception {
        SinkSettings sink = opening.sink();
        var options = new LinkedHashMap<String, String>();
        long seconds = Math.max(1, sink.timeout().toSeconds());
        options.put("brokerUrl", sink.server().orElseThrow());
        options.put("automaticReconnect", "false"); // the retry of the event connects again
        opening.standard(options, "qos", 1);
        opening.standard(options, "connectionTimeout", seconds);
        opening.standard(options, "keepAliveInterval", Math.max(1, seconds / 2));
        opening.login().ifPresent(login -> {
            options.put("userName", SinkAddress.raw(login.username()));
            options.put("password", SinkAddress.raw(login.password()));
        });
        sink.caFile()
                .ifPresent(file -> options.put(
                        "socketFactory", opening.bean(Tls.trusting(file).getSocketFactory())));
        String topic = opening.address().path();
        return new Reconnecting(opening.endpoint(EventHead.varies(topic) ? "sightline" : topic, options));
    }

    @Override
    public void label(Message message, EventHead event, SinkSettings sink) {
        SinkAddress address = SinkAddress.of(sink.uri()).orElseThrow();
        boolean five = address.scheme().equals(MQTT_5);
        if (EventHead.varies(address.path())) {
            message.setHeader(
                    five ? PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC : PahoConstants.CAMEL_PAHO_OVERRIDE_TOPIC,
                    event.filled(address.path()));
        }
        if (five) {
            message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, properties(event, sink));
        }
    }

    private static MqttProperties properties(EventHead event, SinkSettings sink) {
        var properties = new MqttProperties();
        properties.setContentType(Labels.contentType(sink));
        properties.setUserProperties(event.attributes().entrySet().stream()
                .map((Map.Entry<String, String> entry) -> new UserProperty(entry.getKey(), entry.getValue()))
                .toList());
        return properties;
    }
}
