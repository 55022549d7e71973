package io.sightline.engine.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network of addresses, IPv4 or IPv6.
 *
 * @param address its first address; bits beyond the prefix are cleared
 * @param prefix how many leading bits all its addresses share, 0 to 32 or 128
 */
public record Network(InetAddress address, int prefix) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

    public Network {
        byte[] bits = address.getAddress();
        if (prefix < 0 || prefix > bits.length * 8) {
            throw new IllegalArgumentException("a network of " + bits.length * 8 + " bits has no prefix " + prefix);
        }
        for (int i = 0; i < bits.length; i++) {
            int kept = Math.max(0, Math.min(8, prefix - i * 8));
            bits[i] &= (byte) (0xff << (8 - kept));
        }
        address = of(bits);
    }

    /** @param text for example {@code 192.168.10.0/24}, {@code 10.1.2.3} or {@code fd12::/16}; names are none */
    public static Optional<Network> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || (parts.length == 2 && !LENGTH.matcher(parts[1]).matches())) {
            return Optional.empty();
        }
        return literal(parts[0]).flatMap(address -> {
            int most = address.getAddress().length * 8;
            int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : most;
            return prefix > most ? Optional.empty() : Optional.of(new Network(address, prefix));
        });
    }

    private static Optional<InetAddress> literal(String text) {
        boolean four = IPV4.matcher(text).matches();
        if (!four && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        boolean tooLarge = four
                && Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).anyMatch(part -> part > 255);
        try {
            return tooLarge ? Optional.empty() : Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is one of this network's. */
    public boolean contains(InetAddress other) {
        byte[] bits = other.getAddress();
        return bits.length == address.getAddress().length && new Network(of(bits), prefix).address.equals(address);
    }

    /** Whether this is one address and no more. */
    boolean single() {
        return prefix == address.getAddress().length * 8;
    }

    /** Without scope and name. */
    static InetAddress of(byte[] bits) {
        try {
            return InetAddress.getByAddress(bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, got " + bits.length, e);
        }
    }

    @Override
    public String toString() {
        String text = address instanceof Inet4Address ? address.getHostAddress() : "[" + address.getHostAddress() + "]";
        return text + "/" + prefix;
    }
}
