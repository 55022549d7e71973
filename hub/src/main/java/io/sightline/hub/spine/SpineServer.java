package io.sightline.hub.spine;

import io.sightline.hub.data.DataFolder;
import io.sightline.hub.launcher.UsageException;
import io.sightline.hub.security.HubUsers;
import io.sightline.hub.settings.PortSettings;
import io.sightline.hub.spine.accounts.Accounts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** The broker inside the hub: its journal, its doors and who may pass them. Started and stopped by one thread. */
final class SpineServer implements AutoCloseable {
    /** Clients without capabilities say by a prefix whether they mean an address or a queue. */
    private static final String AMQP_MORE = "&saslMechanisms=PLAIN&multicastPrefix=topic://&anycastPrefix=queue://";

    /** An address without a queue. */
    private static final SimpleString NOWHERE = SimpleString.of("refused-by-clients");

    private static final AtomicInteger IN_VM = new AtomicInteger();

    private final ActiveMQServer server;
    private final InternalLogin internal = new InternalLogin();
    private final BrokerLogins logins;
    private final CorePackets packets = new CorePackets();
    private final int inVm = IN_VM.getAndIncrement();

    SpineServer(DataFolder data, PortSettings ports, HubUsers users, Clock clock) {
        var queues = new ClientQueues(users);
        logins = new BrokerLogins(users, internal, queues, clock);
        ConfigurationImpl settings = SpineJournal.settings(data);
        security(settings);
        addresses(settings);
        doors(settings, ports);
        settings.registerBrokerPlugin(queues);
        server = new ActiveMQServerImpl(settings, ManagementFactory.getPlatformMBeanServer(), logins);
    }

    /** @throws UsageException if a port is in use; nothing is left open then */
    void start(PortSettings ports) {
        free(ports, "core", ports.core());
        free(ports, "amqp", ports.amqp());
        free(ports, "mqtt", ports.mqtt());
        try {
            server.start();
            server.getRemotingService().addIncomingInterceptor(packets);
            if (!server.waitForActivation(30, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "the journal in " + server.getConfiguration().getJournalDirectory()
                                + " is locked by another process, or cannot be read");
            }
        } catch (Exception e) {
            stopQuietly(e);
            throw new IllegalStateException("the spine cannot start: " + e.getMessage(), e);
        }
    }

    private void stopQuietly(Exception cause) {
        try {
            server.stop();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the spine cannot stop: " + e.getMessage(), e);
        }
    }

    ActiveMQServer broker() {
        return server;
    }

    BrokerLogins logins() {
        return logins;
    }

    CorePackets packets() {
        return packets;
    }

    InternalLogin internal() {
        return internal;
    }

    String inVmAddress() {
        return "vm://" + inVm;
    }

    SpinePorts ports() {
        return new SpinePorts(port("core"), port("amqp"), port("mqtt"));
    }

    private int port(String door) {
        return ((NettyAcceptor) server.getRemotingService().getAcceptor(door)).getActualPort();
    }

    private static void security(ConfigurationImpl settings) {
        settings.setSecurityEnabled(true)
                .setAuthenticationCacheSize(0) // logins remember by protocol as well, see BrokerLogins
                .setSecurityInvalidationInterval(BrokerLogins.MEMORY.toMillis())
                .setPopulateValidatedUser(true)
                .setClusterUser("#cluster")
                .setClusterPassword(new InternalLogin().password());
    }

    private static void addresses(ConfigurationImpl settings) {
        settings.addAddressSetting("#", common());
        settings.addAddressSetting("sightline.#", subscriptions());
        settings.addAddressSetting(Spine.SINKS + "#", common().setNoExpiry(true));
        settings.addAddressSetting(Spine.DEAD_LETTERS, common().setNoExpiry(true));
        settings.addAddressSetting(Accounts.QUEUE, accounts());
    }

    /** Full memory goes to page files; a client that refuses a message gets it again; nothing appears by itself. */
    private static AddressSettings common() {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(8L << 20)
                .setPageSizeBytes(1 << 20)
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(0)
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(true) // whether one may is said by the rights, and then as a refusal
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDeadLetterAddress(SimpleString.of(Spine.DEAD_LETTERS))
                .setExpiryAddress(SimpleString.of(Spine.DEAD_LETTERS));
    }

    /** Few and small, and folded again and again: never in page files, and nobody who writes there is held up. */
    private static AddressSettings accounts() {
        return common().setNoExpiry(true)
                .setMaxSizeBytes(-1)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK);
    }

    /** Made by clients that may have them, gone with them; what a client refuses is not the hub's to keep. */
    private static AddressSettings subscriptions() {
        return common().setAutoCreateQueues(true)
                .setAutoCreateAddresses(true)
                .setAutoDeleteQueues(true)
                .setAutoDeleteAddresses(true)
                .setDeadLetterAddress(NOWHERE)
                .setExpiryAddress(NOWHERE);
    }

    private void doors(ConfigurationImpl settings, PortSettings ports) {
        try {
            settings.addAcceptorConfiguration("inside", inVmAddress());
            settings.addAcceptorConfiguration("core", door(ports, ports.core(), "CORE", ""));
            settings.addAcceptorConfiguration("amqp", door(ports, ports.amqp(), "AMQP", AMQP_MORE));
            settings.addAcceptorConfiguration("mqtt", door(ports, ports.mqtt(), "MQTT", ""));
        } catch (Exception e) {
            throw new IllegalArgumentException("ports.bind " + ports.bind() + " is no address: " + e.getMessage(), e);
        }
    }

    private static String door(PortSettings ports, int port, String protocol, String more) {
        String host = ports.bind().contains(":") ? "[" + ports.bind() + "]" : ports.bind();
        return "tcp://" + host + ":" + port + "?protocols=" + protocol + "&connectionsAllowed=500&handshake-timeout=10"
                + more;
    }

    private static void free(PortSettings ports, String name, int port) {
        if (port == 0) {
            return;
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(ports.bind()), port));
        } catch (IOException e) {
            throw new UsageException("port " + port + " on " + ports.bind() + " cannot be opened (" + e.getMessage()
                    + "); stop the program that uses it, or set another with sightline.ports." + name
                    + " in sightline.yaml, 0 for any free one");
        }
    }
}
