package io.sightline.hub.sinks;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;

/** An Artemis broker of somebody else, on a port that stays its own when it goes away and comes back. */
final class Broker implements AutoCloseable {
    private final Path folder;
    private int port;
    private EmbeddedActiveMQ broker;

    Broker(Path folder) {
        this.folder = folder;
    }

    void start() throws Exception {
        if (port == 0) {
            try (var free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
            }
        }
        var configuration = new ConfigurationImpl()
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJournalFileSize(1 << 20)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("all", "tcp://127.0.0.1:" + port + "?protocols=CORE,AMQP,MQTT");
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateQueues(true)
                        .setAutoCreateAddresses(true)
                        .setAutoDeleteQueues(false)
                        .setAutoDeleteAddresses(false));
        configuration.getWildcardConfiguration().setDelimiter('.');
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager());
        broker.start();
    }

    void stop() throws Exception {
        if (broker != null) {
            broker.stop();
            broker = null;
        }
    }

    String address(String scheme) {
        return scheme + "://127.0.0.1:" + port;
    }

    long messages(String queue) {
        var found = broker.getActiveMQServer().locateQueue(queue);
        return found == null ? -1 : found.getMessageCount();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
