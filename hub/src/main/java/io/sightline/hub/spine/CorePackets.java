package io.sightline.hub.spine;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.ChannelImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionResponseMessage;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets pass what a CORE client needs, and nothing that is spoken between brokers: cluster, federation, replication and
 * the taking over of another connection's session have had holes before the login.
 */
final class CorePackets implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(CorePackets.class);

    private final AtomicLong refused = new AtomicLong();

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) throws ActiveMQSecurityException {
        if (isForClients(packet.getType()) || connection.getTransportConnection() instanceof InVMConnection) {
            return true;
        }
        if (packet.getType() == PacketImpl.REATTACH_SESSION) {
            return answerNotAttached((CoreRemotingConnection) connection);
        }
        refused.incrementAndGet();
        LOG.atWarn()
                .addKeyValue("device", connection.getRemoteAddress())
                .addKeyValue("packet", packet.getType())
                .log("refused a packet that only brokers send, closing the connection");
        connection.disconnect(false);
        connection.destroy();
        return false;
    }

    /**
     * What a broker says that does not know the session: the client then makes a new one, with its login. So nobody
     * takes over the session of somebody else, and clients come back by themselves after a restart.
     */
    private static boolean answerNotAttached(CoreRemotingConnection connection) {
        connection
                .getChannel(ChannelImpl.CHANNEL_ID.SESSION.id, -1)
                .send(new ReattachSessionResponseMessage(-1, false));
        return false;
    }

    long refused() {
        return refused.get();
    }

    private static boolean isForClients(byte type) {
        return switch (type) {
            case PacketImpl.PING,
                    PacketImpl.DISCONNECT,
                    PacketImpl.DISCONNECT_V2,
                    PacketImpl.DISCONNECT_V3,
                    PacketImpl.PACKETS_CONFIRMED,
                    PacketImpl.CREATESESSION,
                    PacketImpl.CREATESESSION_V2,
                    PacketImpl.CREATE_QUEUE,
                    PacketImpl.CREATE_QUEUE_V2,
                    PacketImpl.CREATE_SHARED_QUEUE,
                    PacketImpl.CREATE_SHARED_QUEUE_V2,
                    PacketImpl.CREATE_ADDRESS,
                    PacketImpl.CREATE_PRODUCER,
                    PacketImpl.REMOVE_PRODUCER,
                    PacketImpl.DELETE_QUEUE,
                    PacketImpl.SESS_ADD_METADATA,
                    PacketImpl.SESS_ADD_METADATA2,
                    PacketImpl.SESS_UNIQUE_ADD_METADATA,
                    PacketImpl.SUBSCRIBE_TOPOLOGY,
                    PacketImpl.SUBSCRIBE_TOPOLOGY_V2,
                    PacketImpl.CHECK_FOR_FAILOVER -> true;
            default -> type >= PacketImpl.SESS_XA_FAILED && type <= PacketImpl.SESS_PRODUCER_FAIL_CREDITS;
        };
    }
}
