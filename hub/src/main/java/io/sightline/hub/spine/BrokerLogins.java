package io.sightline.hub.spine;

import io.sightline.hub.security.HubUser;
import io.sightline.hub.security.HubUsers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Logins and rights of the broker over the hub's users. Called by many broker threads. A right password is remembered
 * for {@link #MEMORY}, because checking one is slow on purpose and every operation may ask; a changed password or role
 * takes effect after that time at the latest, also for connections that are open.
 */
final class BrokerLogins implements ActiveMQSecurityManager5 {
    static final Duration MEMORY = Duration.ofSeconds(30);
    private static final int REMEMBERED = 1000;

    private final HubUsers users;
    private final InternalLogin internal;
    private final ClientQueues queues;
    private final Clock clock;
    private final byte[] salt = new byte[16];
    private final Map<String, Remembered> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > REMEMBERED;
        }
    };

    BrokerLogins(HubUsers users, InternalLogin internal, ClientQueues queues, Clock clock) {
        this.users = users;
        this.internal = internal;
        this.queues = queues;
        this.clock = clock;
        new SecureRandom().nextBytes(salt);
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user, @Nullable String password, RemotingConnection connection, String domain) {
        if (user == null || password == null) {
            return null;
        }
        boolean inside = connection != null
                && connection.getTransportConnection() instanceof InVMConnection
                && internal.matches(user, password);
        if (inside) {
            return subject(new Caller(user, Set.of(), true, false));
        }
        return check(user, password, address(connection))
                .map(known -> subject(new Caller(known.username(), known.roles(), false, isMqtt(connection))))
                .orElse(null);
    }

    private Optional<HubUser> check(String user, String password, String address) {
        String key = digest(user, password);
        Instant now = clock.instant();
        synchronized (remembered) {
            Remembered earlier = remembered.get(key);
            if (earlier != null && now.isBefore(earlier.until())) {
                return Optional.of(earlier.user());
            }
            remembered.remove(key);
        }
        Optional<HubUser> known = users.authenticate(user, password, address);
        known.ifPresent(right -> {
            synchronized (remembered) {
                remembered.put(key, new Remembered(right, now.plus(MEMORY)));
            }
        });
        return known;
    }

    /** Makes the next operation of this user ask for the password again. */
    void forget(String username) {
        synchronized (remembered) {
            remembered.values().removeIf(earlier -> earlier.user().username().equals(username));
        }
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType check, String address) {
        return subject.getPrincipals(Caller.class).stream()
                .anyMatch(caller -> caller.may(check, address) && (caller.ruler() || owns(caller, address)));
    }

    /** Nobody reads or removes another user's subscription. */
    private boolean owns(Caller caller, String address) {
        int queue = address.indexOf("::");
        String owner = queue < 0 ? null : queues.ownerOf(address.substring(queue + 2));
        return owner == null || owner.equals(caller.getName());
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
        return false;
    }

    private static Subject subject(Caller caller) {
        return new Subject(true, Set.of(new UserPrincipal(caller.getName()), caller), Set.of(), Set.of());
    }

    private static boolean isMqtt(@Nullable RemotingConnection connection) {
        return connection != null && connection.getProtocolName().startsWith("MQTT");
    }

    /** Without the port, so that wrong logins of one machine are counted together. */
    private static String address(@Nullable RemotingConnection connection) {
        String remote = connection == null ? null : connection.getRemoteAddress();
        if (remote == null) {
            return "unknown";
        }
        String host = remote.startsWith("/") ? remote.substring(1) : remote;
        int port = host.lastIndexOf(':');
        return port > 0 ? host.substring(0, port) : host;
    }

    private String digest(String user, String password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            sha.update(user.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private record Remembered(HubUser user, Instant until) {}

    /** Carried by the broker from login to each check. */
    private record Caller(String name, Set<io.sightline.hub.security.Role> roles, boolean hub, boolean mqtt)
            implements Principal {
        @Override
        public String getName() {
            return name;
        }

        boolean ruler() {
            return hub || roles.contains(io.sightline.hub.security.Role.ADMIN);
        }

        boolean may(CheckType check, String address) {
            return hub || BrokerRights.allows(roles, check, address, mqtt);
        }
    }
}
