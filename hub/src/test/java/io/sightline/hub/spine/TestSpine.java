package io.sightline.hub.spine;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.settings.PortSettings;
import io.sightline.hub.spine.accounts.Accounts;
import java.nio.file.Path;
import java.time.Clock;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** A spine on free ports in a folder of a test. */
final class TestSpine implements AutoCloseable {
    static final PortSettings FREE = new PortSettings("127.0.0.1", 0, 0, 0, 0, 0);

    final FixedUsers users = new FixedUsers();
    final SpineServer server;
    final Accounts accounts;
    final Spine spine;
    final SpinePorts ports;
    final JmsPoolConnectionFactory connections;

    TestSpine(Path folder) {
        this(folder, 1, Clock.systemUTC());
    }

    TestSpine(Path folder, long start, Clock clock) {
        server = new SpineServer(new DataFolder(folder, "hub-test", start), FREE, users, clock);
        server.start(FREE);
        ports = server.ports();
        connections = SpineComponents.connections(server);
        accounts = new Accounts(connections, new BrokerQueues(server.broker()), start);
        accounts.open();
        spine = new Spine(server.broker(), accounts);
    }

    /** Sends as the hub does: durable, as a CloudEvent. */
    void send(String address, String body) throws Exception {
        try (var context = connections.createContext()) {
            var message = context.createBytesMessage();
            message.writeBytes(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            SpineMessages.type(message, SpineMessages.CLOUD_EVENT);
            context.createProducer().send(context.createTopic(address), message);
        }
    }

    String amqp() {
        return "amqp://127.0.0.1:" + ports.amqp();
    }

    String core() {
        return "tcp://127.0.0.1:" + ports.core();
    }

    String mqtt() {
        return "tcp://127.0.0.1:" + ports.mqtt();
    }

    @Override
    public void close() {
        connections.stop();
        server.close();
    }
}
