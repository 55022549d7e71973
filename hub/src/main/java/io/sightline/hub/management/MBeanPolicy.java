package io.sightline.hub.management;

import io.sightline.hub.events.EventRoutes;
import io.sightline.hub.security.Role;
import io.sightline.hub.spine.Spine;
import io.sightline.hub.spine.accounts.Accounts;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * What may be done to MBeans over HTTP: read the figures of Camel, the broker, the JVM and Hawtio; start, stop, suspend,
 * resume and reset routes, but not halt those that all events pass; list, browse, retry, move and remove messages of queues
 * of clients, look at those of the hub's own, and, for administrators, replay and remove dead letters. Everything else is
 * denied, also what a later version of a library adds. Made by Jolokia by its name; any thread.
 */
public final class MBeanPolicy implements Restrictor {
    private static final String CAMEL = "org.apache.camel";
    private static final String BROKER = "org.apache.activemq.artemis";

    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.POST);

    /** Not here: WRITE, and NOTIFICATION, which would hold resources for each caller. */
    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION, RequestType.EXEC);

    private static final Set<String> DOMAINS =
            Set.of(CAMEL, BROKER, SinkBeans.DOMAIN, "java.lang", "java.nio", "hawtio", "jolokia");

    /** Values that hold, or may hold, a secret: of the process, of endpoints and of acceptors. */
    private static final Pattern SECRET =
            Pattern.compile(".*(password|passwd|passphrase|secret|credential|token|apikey|keystore|truststore).*"
                    + "|systemproperties|inputarguments|environment.*|globaloptions");

    private static final Set<String> ROUTE_OPERATIONS = Set.of("start", "stop", "suspend", "resume", "reset");

    private static final Set<String> HALTING = Set.of("stop", "suspend");

    private static final Set<String> QUEUE_OPERATIONS = Set.of(
            "listMessages",
            "listMessagesAsJSON",
            "countMessages",
            "browse",
            "retryMessage",
            "retryMessages",
            "moveMessage",
            "moveMessages",
            "removeMessage",
            "removeMessages",
            "removeAllMessages");

    /** On the hub's own queues: what takes an event away goes past the account of its sink. */
    private static final Set<String> OWN_QUEUE_OPERATIONS =
            Set.of("listMessages", "listMessagesAsJSON", "countMessages", "browse");

    private static final Set<String> LETTER_OPERATIONS =
            Set.of("list", "show", "replay", "replayTo", "replayMany", "replayManyTo", "remove", "removeMany");

    private static final String ADMIN = "ROLE_" + Role.ADMIN.name();

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return METHODS.contains(method);
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return !isObjectNameHidden(name)
                && !SECRET.matcher(attribute.toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        int signature = operation.indexOf('(');
        String bare = signature < 0 ? operation : operation.substring(0, signature);
        if (isRoute(name)) {
            return ROUTE_OPERATIONS.contains(bare) && !(HALTING.contains(bare) && isNeededByEvents(name));
        }
        // Hawtio asks it which buttons to show; it does nothing.
        boolean question = name.getDomain().equals("hawtio") && "security".equals(name.getKeyProperty("type"));
        return question && bare.equals("canInvoke") || isAllowedOnQueue(name, bare) || isAllowedOnLetters(name, bare);
    }

    private static boolean isAllowedOnQueue(ObjectName name, String operation) {
        return isQueue(name) && (isOwn(name) ? OWN_QUEUE_OPERATIONS : QUEUE_OPERATIONS).contains(operation);
    }

    private static boolean isOwn(ObjectName queue) {
        String quoted = queue.getKeyProperty("queue");
        String name = quoted == null ? "" : quoted.replace("\"", "");
        return name.startsWith(Spine.SINKS) || name.equals(Spine.DEAD_LETTERS) || name.equals(Accounts.QUEUE);
    }

    /** Operators have them in REST and in the console, where each is checked by itself. */
    private static boolean isAllowedOnLetters(ObjectName name, String operation) {
        return name.getDomain().equals(SinkBeans.DOMAIN)
                && SinkBeans.DEAD_LETTERS.equals(name.getKeyProperty("type"))
                && LETTER_OPERATIONS.contains(operation)
                && isAdmin();
    }

    private static boolean isAdmin() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller != null
                && caller.getAuthorities().stream().anyMatch(authority -> ADMIN.equals(authority.getAuthority()));
    }

    private static boolean isRoute(ObjectName name) {
        return name.getDomain().equals(CAMEL) && "routes".equals(name.getKeyProperty("type"));
    }

    private static boolean isNeededByEvents(ObjectName name) {
        String id = name.getKeyProperty("name");
        return id != null && EventRoutes.mustRun(id.startsWith("\"") ? ObjectName.unquote(id) : id);
    }

    private static boolean isQueue(ObjectName name) {
        return name.getDomain().equals(BROKER) && "queues".equals(name.getKeyProperty("subcomponent"));
    }

    /** Who may reach the port is decided before; addresses say nothing behind a gateway. */
    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** No other site is told that it may read the answers. */
    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
        return onlyWhenStrictCheckingIsEnabled;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !DOMAINS.contains(name.getDomain());
    }
}
