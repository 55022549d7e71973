package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Says to which addresses a camera's connection may go. Without a list of networks: all but this machine itself,
 * link-local and special addresses. With one: only the networks that it lists, be they of those kinds. The hub's own
 * ports, the metadata services of clouds unless listed alone, multicast, broadcast and unspecified addresses: never.
 *
 * <p>What counts is the address that a name resolves to, and every IPv4 address inside an IPv6 one. Any thread.
 */
public final class AddressGuard {
    /** Of most clouds, Alibaba, Oracle, Azure, and by IPv6 of Amazon and Google. */
    private static final List<Network> METADATA = networks(
            "169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254");

    private static final List<Network> NEVER =
            networks("0.0.0.0/8", "224.0.0.0/4", "255.255.255.255", "::/128", "ff00::/8");
    private static final List<Network> UNLESS_LISTED = networks("127.0.0.0/8", "169.254.0.0/16", "::1", "fe80::/10");

    private final Supplier<List<Network>> listed;
    private final Predicate<InetSocketAddress> own;
    private final boolean open;

    private AddressGuard(Supplier<List<Network>> listed, Predicate<InetSocketAddress> own, boolean open) {
        this.listed = listed;
        this.own = own;
        this.open = open;
    }

    /**
     * @param listed the networks that hold cameras, empty: any; asked before each connection
     * @param own whether an address and port is one of the hub's own
     */
    public AddressGuard(Supplier<List<Network>> listed, Predicate<InetSocketAddress> own) {
        this(listed, own, false);
    }

    /** Lets everything pass: for an address that a person has typed, with that person's rights. */
    public static AddressGuard open() {
        return new AddressGuard(List::of, address -> false, true);
    }

    /** As for a hub that has no list and no ports. */
    public static AddressGuard standard() {
        return new AddressGuard(List::of, address -> false);
    }

    /**
     * Resolves a host and keeps the addresses that may be connected to; connect to these and not to the name. May block
     * as long as the resolver takes.
     *
     * @param host a name or an address, IPv6 with or without brackets
     * @throws ConnectionException FORBIDDEN_ADDRESS if none may be connected to; UNREACHABLE if there is no such host
     */
    public List<InetAddress> check(String host, int port) throws ConnectionException {
        InetAddress[] resolved = resolve(host);
        var allowed = new ArrayList<InetAddress>();
        String reason = "";
        for (InetAddress address : resolved) {
            Optional<String> problem = problem(address, port);
            if (problem.isEmpty()) {
                allowed.add(address);
            } else {
                reason = problem.get();
            }
        }
        if (allowed.isEmpty()) {
            throw new ConnectionException(Reason.FORBIDDEN_ADDRESS, reason);
        }
        return allowed;
    }

    private static InetAddress[] resolve(String host) throws ConnectionException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new ConnectionException(Reason.UNREACHABLE, "cannot be reached (unknown host)");
        }
    }

    /** Why no camera may have this address, as a sentence for people; empty if one may. */
    public Optional<String> problem(InetAddress address, int port) {
        if (open) {
            return Optional.empty();
        }
        var networks = listed.get();
        boolean unlisted = !networks.isEmpty() && !in(networks, address);
        if (unlisted) {
            return Optional.of("not connected: " + shown(address) + " is in none of the networks of camera-networks");
        }
        for (InetAddress form : forms(address)) {
            Optional<String> problem = problem(form, networks);
            if (problem.isPresent()) {
                return problem.map(what -> "not connected: " + shown(address) + " " + what);
            }
            if (own.test(new InetSocketAddress(form, port))) {
                return Optional.of("not connected: " + shown(address) + " port " + port + " is this hub itself");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(InetAddress address, List<Network> networks) {
        boolean alone = networks.stream().anyMatch(network -> network.single() && network.contains(address));
        if (in(METADATA, address) && !alone) {
            return Optional.of("is the metadata service of a cloud, never a camera");
        }
        if (in(NEVER, address)) {
            return Optional.of("is an unspecified, multicast or broadcast address; give the camera's own");
        }
        if (in(UNLESS_LISTED, address) && !in(networks, address)) {
            String kind = address.isLoopbackAddress() ? "is this machine itself" : "is a link-local address";
            return Optional.of(kind + "; where cameras are there, list their networks in camera-networks");
        }
        return Optional.empty();
    }

    /** The address, and the IPv4 addresses that gateways would make of it. */
    public static List<InetAddress> forms(InetAddress address) {
        byte[] bits = address.getAddress();
        var forms = new ArrayList<InetAddress>(List.of(Network.of(bits)));
        if (bits.length == 16) {
            embedded(bits).forEach(at -> forms.add(Network.of(Arrays.copyOfRange(bits, at, at + 4))));
            if (startsWith(bits, 0x20, 0x01, 0x00, 0x00)) { // Teredo, RFC 4380: the client's address is inverted
                forms.add(Network.of(
                        new byte[] {(byte) ~bits[12], (byte) ~bits[13], (byte) ~bits[14], (byte) ~bits[15]}));
            }
        }
        return forms;
    }

    private static List<Integer> embedded(byte[] bits) {
        boolean compatible = startsWith(bits, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                && !Network.of(bits).isLoopbackAddress();
        boolean translated = startsWith(bits, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0); // SIIT, RFC 2765
        boolean nat64 = startsWith(bits, 0, 0x64, 0xff, 0x9b); // RFC 6052 and RFC 8215
        boolean isatap = startsWith(Arrays.copyOfRange(bits, 8, 16), 0, 0, 0x5e, 0xfe)
                || startsWith(Arrays.copyOfRange(bits, 8, 16), 2, 0, 0x5e, 0xfe); // RFC 5214
        var at = new ArrayList<Integer>();
        if (compatible && !Network.of(bits).isAnyLocalAddress() || translated || nat64 || isatap) {
            at.add(12);
        }
        if (startsWith(bits, 0x20, 0x02)) { // 6to4, RFC 3056
            at.add(2);
        }
        return at;
    }

    private static boolean startsWith(byte[] bits, int... start) {
        for (int i = 0; i < start.length; i++) {
            if ((bits[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean in(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    static String shown(InetAddress address) {
        return address.getHostAddress();
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts)
                .map(text -> Network.parse(text).orElseThrow())
                .toList();
    }
}
