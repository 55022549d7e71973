package io.sightline.hub.spine;

import io.sightline.hub.security.Role;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;

/**
 * Who may do what on the spine; the broker's column of the role table. Only the hub itself sends to event addresses,
 * manages the broker, and removes its own queues.
 */
final class BrokerRights {
    static final String COMMANDS = "sightline.commands";
    private static final Set<String> KINDS =
            Set.of("detections", "scene", "alerts", "signals", "system", "observations");
    private static final Set<String> WILDCARDS = Set.of("#", "*");

    private BrokerRights() {}

    /**
     * @param address bare address, or {@code address::queue}
     * @param keptByProtocol whether the protocol makes durable queues for every subscription (MQTT 5); what a reader
     *     may not keep is then made passing by {@link ClientQueues}
     */
    static boolean allows(Set<Role> roles, CheckType check, String address, boolean keptByProtocol) {
        int queue = address.indexOf("::");
        String bare = queue < 0 ? address : address.substring(0, queue);
        if (roles.contains(Role.ADMIN) && admin(check, bare)) {
            return true;
        }
        if (check == CheckType.SEND) {
            return roles.contains(Role.INTEGRATION) && isCommand(bare);
        }
        if (roles.isEmpty() || !isEvents(bare)) {
            return false;
        }
        return switch (check) {
            case CONSUME, CREATE_NON_DURABLE_QUEUE, DELETE_NON_DURABLE_QUEUE, CREATE_ADDRESS -> true;
            case CREATE_DURABLE_QUEUE, DELETE_DURABLE_QUEUE -> roles.contains(Role.INTEGRATION) || keptByProtocol;
            default -> false;
        };
    }

    private static boolean admin(CheckType check, String address) {
        return switch (check) {
                    case SEND -> isCommand(address);
                    case CONSUME, BROWSE, VIEW ->
                        isEvents(address)
                                || isCommand(address)
                                || isSink(address)
                                || address.equals(Spine.DEAD_LETTERS);
                    default -> false;
                }
                || (isEvents(address)
                        && check != CheckType.SEND
                        && check != CheckType.MANAGE
                        && check != CheckType.EDIT);
    }

    /** True for {@code sightline.detections.gate}, {@code sightline.detections.#} and {@code sightline.#}. */
    static boolean isEvents(String address) {
        String[] words = address.split("\\.", -1);
        return words.length >= 2
                && words[0].equals("sightline")
                && (KINDS.contains(words[1]) || WILDCARDS.contains(words[1]));
    }

    static boolean isCommand(String address) {
        return address.startsWith(COMMANDS + ".");
    }

    static boolean isSink(String address) {
        return address.startsWith(Spine.SINKS);
    }
}
