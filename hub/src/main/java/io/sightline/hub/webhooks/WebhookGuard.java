package io.sightline.hub.webhooks;

import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Says to which addresses webhooks may go: public ones, and the networks that an administrator lists in
 * {@code webhook-networks}. The hub's own ports, multicast, broadcast and unspecified addresses: never; the metadata
 * services of clouds only where listed as a single address.
 *
 * <p>What counts is the address that a name resolves to, and every IPv4 address inside an IPv6 one. A name with one
 * forbidden address is forbidden whole. Any thread.
 */
final class WebhookGuard {
    /** What IANA's registries of special purposes do not call globally reachable. */
    private static final List<Network> SPECIAL = networks(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    private static final Network GLOBAL = networks("2000::/3").get(0);
    private static final Network NAT64 = networks("64:ff9b::/96").get(0);
    private static final List<Network> NEVER =
            networks("0.0.0.0/8", "224.0.0.0/4", "255.255.255.255", "::/128", "ff00::/8");

    /** Of most clouds, Alibaba, Oracle, Azure, and by IPv6 of Amazon and Google. */
    private static final List<Network> METADATA = networks(
            "169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254");

    private final Supplier<List<Network>> listed;
    private final Predicate<InetSocketAddress> own;
    private final Resolver resolver;

    /** Asks for the addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** The connection must not be made. */
    static final class ForbiddenAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException(String reason) {
            super(reason);
        }
    }

    /**
     * @param listed asked before each connection
     * @param own whether an address and port is one of the hub's own
     */
    WebhookGuard(Supplier<List<Network>> listed, Predicate<InetSocketAddress> own, Resolver resolver) {
        this.listed = listed;
        this.own = own;
        this.resolver = resolver;
    }

    /**
     * Resolves a host; connect to these addresses and not to the name. May block as long as the resolver takes.
     *
     * @param plain whether nothing is encrypted, which is for listed networks only
     * @throws ForbiddenAddressException if one of them may not be connected to
     * @throws UnknownHostException if there is no such host
     */
    List<InetAddress> check(String host, int port, boolean plain) throws UnknownHostException {
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new UnknownHostException(host + " has no address that is known here");
        }
        for (InetAddress address : addresses) {
            Optional<String> problem = problem(address, port, plain);
            if (problem.isPresent()) {
                throw new ForbiddenAddressException("not connected: " + address.getHostAddress() + " " + problem.get());
            }
        }
        return List.of(addresses);
    }

    /** Why no webhook may go there, as a sentence for people; empty if one may. */
    Optional<String> problem(InetAddress address, int port, boolean plain) {
        List<Network> networks = listed.get();
        for (InetAddress form : AddressGuard.forms(address)) {
            Optional<String> problem = never(form, port, networks);
            if (problem.isPresent()) {
                return problem;
            }
            boolean known = in(networks, form) || in(networks, address);
            if (!known && !isPublic(form)) {
                return Optional.of(
                        "is not a public address; an administrator can list its network in webhook-networks");
            }
            if (!known && plain) {
                return Optional.of("is in no network of webhook-networks, and http is for those only; use https");
            }
        }
        return Optional.empty();
    }

    private Optional<String> never(InetAddress address, int port, List<Network> networks) {
        if (own.test(new InetSocketAddress(address, port))) {
            return Optional.of("port " + port + " is this hub itself");
        }
        if (in(NEVER, address)) {
            return Optional.of("is an unspecified, multicast or broadcast address");
        }
        boolean alone = networks.stream().anyMatch(network -> single(network) && network.contains(address));
        return in(METADATA, address) && !alone ? Optional.of("is the metadata service of a cloud") : Optional.empty();
    }

    private static boolean isPublic(InetAddress address) {
        boolean ipv6 = address.getAddress().length == 16;
        return !in(SPECIAL, address) && (!ipv6 || GLOBAL.contains(address) || NAT64.contains(address));
    }

    private static boolean single(Network network) {
        return network.prefix() == network.address().getAddress().length * 8;
    }

    private static boolean in(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts)
                .map(text -> Network.parse(text).orElseThrow())
                .toList();
    }
}
