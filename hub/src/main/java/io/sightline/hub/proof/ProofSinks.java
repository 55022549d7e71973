package io.sightline.hub.proof;

import java.nio.file.Path;

/** The routes of a proof: sinks as an engineer writes them, one small entry each. */
final class ProofSinks {
    private ProofSinks() {}

    /** A POST for each event; gives up after 2 s without an answer. */
    static String http(String name, String kind, String uri) {
        return sink(name, kind, """
                      - to:
                          uri: "%s"
                          parameters:
                            httpMethod: POST
                            connectTimeout: 2000
                            soTimeout: 2000
                            responseTimeout: 2000
                            connectionRequestTimeout: 2000
                """.formatted(uri));
    }

    /** One line for each event, at the end of one file. */
    static String file(String name, String kind, Path folder) {
        return sink(name, kind, """
                      - to:
                          uri: "file:%s"
                          parameters:
                            fileName: events.jsonl
                            fileExist: Append
                            appendChars: "\\\\n"
                """.formatted(folder));
    }

    /** QoS 1, to a broker elsewhere. */
    static String mqtt(String name, String kind, int port) {
        return sink(name, kind, """
                      - to:
                          uri: "paho-mqtt5:%s"
                          parameters:
                            brokerUrl: "tcp://127.0.0.1:%d"
                            clientId: "sink-%s"
                            qos: 1
                            keepAliveInterval: 2
                            connectionTimeout: 2
                            maxReconnectDelay: 1000
                """.formatted(name, port, name));
    }

    /** A persistent message, to a broker elsewhere. */
    static String jms(String name, String kind, int port) {
        return """
                - beans:
                    - name: otherBroker
                      type: "#class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory"
                      properties: { brokerURL: "tcp://127.0.0.1:%d?callTimeout=2000&connectionTTL=4000&clientFailureCheckPeriod=2000" }
                """.formatted(port) + sink(name, kind, """
                      - to:
                          uri: "jms:queue:%s"
                          parameters:
                            connectionFactory: "#otherBroker"
                            jmsMessageType: Bytes
                            disableReplyTo: true
                """.formatted(name));
    }

    private static String sink(String name, String kind, String steps) {
        return """
                - route:
                    id: events-to-%s
                    description: Sends events to %s.
                    from:
                      uri: kamelet:sightline-events-source?kind=%s&name=%s
                      steps:
                %s""".formatted(name, name, kind, name, steps);
    }
}
