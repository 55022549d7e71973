package io.sightline.hub.spine;

import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.HubUsers;
import io.sightline.hub.security.Role;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerQueuePlugin;
import org.jspecify.annotations.Nullable;

/**
 * What the rights of an address cannot say about the queues of clients: subscriptions only, and a quota of them. Called
 * by many broker threads.
 */
final class ClientQueues implements ActiveMQServerQueuePlugin {
    static final int DURABLE_PER_USER = 50;
    static final int PASSING_PER_USER = 500;

    private final HubUsers users;
    private @Nullable ActiveMQServer server;

    ClientQueues(HubUsers users) {
        this.users = users;
    }

    @Override
    public void registered(ActiveMQServer broker) {
        server = broker;
    }

    @Override
    public void beforeCreateQueue(QueueConfiguration queue) throws ActiveMQException {
        String user = owner(queue.getUser());
        if (user == null || server == null) {
            return;
        }
        if (queue.getRoutingType() == RoutingType.ANYCAST && !Boolean.TRUE.equals(queue.isTemporary())) {
            throw new ActiveMQSecurityException("queue " + queue.getName() + " on " + queue.getAddress()
                    + ": clients may subscribe (multicast, a topic), not make queues of their own (anycast)");
        }
        HubUser known = users.find(user)
                .orElseThrow(() -> new ActiveMQSecurityException("user " + user + " does not exist any more"));
        boolean keeps =
                known.roles().contains(Role.INTEGRATION) || known.roles().contains(Role.ADMIN);
        if (Boolean.TRUE.equals(queue.isDurable()) && !keeps) {
            makePassing(queue);
        }
        quota(user, Boolean.TRUE.equals(queue.isDurable()));
    }

    /** MQTT 5 asks for durable queues always; readers get one that ends with their connection. */
    private static void makePassing(QueueConfiguration queue) {
        queue.setDurable(false)
                .setPurgeOnNoConsumers(true)
                .setAutoDelete(true)
                .setAutoDeleteDelay(0L)
                .setAutoDeleteMessageCount(-1L);
    }

    private void quota(String user, boolean durable) throws ActiveMQException {
        long has = server.getPostOffice()
                .getAllBindings()
                .filter(QueueBinding.class::isInstance)
                .map(binding -> ((QueueBinding) binding).getQueue())
                .filter(queue -> queue.isDurable() == durable && user.equals(owner(queue.getUser())))
                .count();
        int limit = durable ? DURABLE_PER_USER : PASSING_PER_USER;
        if (has >= limit) {
            throw new ActiveMQSecurityException("user " + user + " has " + has + (durable ? " durable" : "")
                    + " subscriptions, at most " + limit + " are allowed; remove those that are not used");
        }
    }

    /** The user who made a queue; null where it is the hub's own, the broker's, or does not exist. */
    @Nullable
    String ownerOf(String queue) {
        Queue found = server == null ? null : server.locateQueue(queue);
        return found == null ? null : owner(found.getUser());
    }

    /** Null for queues of the broker and of the hub. */
    static @Nullable String owner(@Nullable SimpleString user) {
        return user == null || user.toString().equals(InternalLogin.USER) ? null : user.toString();
    }
}
