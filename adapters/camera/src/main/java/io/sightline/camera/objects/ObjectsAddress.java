package io.sightline.camera.objects;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the lists of a smart camera come in: {@code objects:udp://HOST:PORT?format=json&from=ADDRESS} or
 * {@code objects:can://INTERFACE?id=0x500&labels=person,car}.
 *
 * @param can whether they come over CAN
 * @param host address to listen on, or the CAN interface
 * @param port of UDP, 0 for CAN
 * @param from addresses of the camera; empty: whoever is first
 * @param id CAN identifier of a list's first frame, the next one is that of its objects; 0 for UDP
 * @param labels what the numbers 0, 1, … in CAN frames mean
 */
public record ObjectsAddress(boolean can, String host, int port, List<InetAddress> from, int id, List<String> labels) {
    /** Scheme of the addresses, with its colon. */
    public static final String PREFIX = "objects:";

    private static final String EXAMPLE =
            "objects:udp://0.0.0.0:5600?format=json or objects:can://can0?id=0x500&labels=person,car";
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_.-]{1,15}");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}_ .-]{1,64}");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]{7,15}|\\[?[0-9A-Fa-f:.]{2,45}]?");
    private static final int LAST_STANDARD_ID = 0x7ff;
    private static final int LAST_ID = 0x1fff_ffff;
    private static final int LAST_PORT = 65_535;

    /** @throws IllegalArgumentException with what was got and what is allowed */
    public static ObjectsAddress parse(String address) {
        try {
            var uri = new URI(address.substring(PREFIX.length()));
            Map<String, String> options = options(uri.getRawQuery());
            if ("udp".equals(uri.getScheme())) {
                return udp(uri, options);
            } else if ("can".equals(uri.getScheme())) {
                return can(uri, options);
            }
        } catch (URISyntaxException expected) {
            // told below
        }
        throw new IllegalArgumentException("is no address of a smart camera, allowed are " + EXAMPLE);
    }

    private static Map<String, String> options(String query) {
        var options = new LinkedHashMap<String, String>();
        for (String part : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] pair = part.split("=", 2);
            if (pair.length < 2 || options.put(pair[0], pair[1]) != null) {
                throw new IllegalArgumentException("option '" + pair[0] + "' needs one value");
            }
        }
        return options;
    }

    private static void refuseOthers(Map<String, String> options, Set<String> known) {
        options.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("unknown option '" + name + "', allowed are "
                            + String.join(", ", known.stream().sorted().toList()));
                });
    }

    private static ObjectsAddress udp(URI uri, Map<String, String> options) {
        refuseOthers(options, Set.of("format", "from"));
        if (!options.getOrDefault("format", "json").equals("json")) {
            throw new IllegalArgumentException("format: got '" + options.get("format") + "', allowed is json");
        }
        boolean place = uri.getHost() != null
                && NUMERIC.matcher(uri.getHost()).matches()
                && uri.getPort() >= 0
                && uri.getPort() <= LAST_PORT;
        if (!place || uri.getUserInfo() != null || !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException(
                    "must name a numeric address of this machine and a port, for example objects:udp://0.0.0.0:5600");
        }
        var from = new ArrayList<InetAddress>();
        for (String one : options.getOrDefault("from", "").split(",")) {
            if (!one.isEmpty()) {
                from.add(numeric(one));
            }
        }
        return new ObjectsAddress(false, uri.getHost(), uri.getPort(), List.copyOf(from), 0, List.of());
    }

    /** Never asks a name server. */
    private static InetAddress numeric(String text) {
        try {
            if (NUMERIC.matcher(text).matches()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException expected) {
            // told below
        }
        throw new IllegalArgumentException(
                "from: got '" + text + "', allowed are numeric addresses with commas between, for example 192.0.2.20");
    }

    private static ObjectsAddress can(URI uri, Map<String, String> options) {
        refuseOthers(options, Set.of("id", "labels"));
        String name = uri.getRawAuthority();
        if (name == null || !INTERFACE.matcher(name).matches() || !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException("must name a CAN interface, for example objects:can://can0?id=0x500");
        }
        if (!options.containsKey("labels")) {
            throw new IllegalArgumentException(
                    "labels are missing, for example labels=person,car: what the numbers 0, 1, … mean");
        }
        String[] labels = URLDecoder.decode(options.get("labels").replace("+", "%2B"), StandardCharsets.UTF_8)
                .split(",", -1);
        boolean good = labels.length <= 256
                && Arrays.stream(labels).allMatch(label -> LABEL.matcher(label).matches());
        if (!good) {
            throw new IllegalArgumentException(
                    "labels: allowed are up to 256 words of up to 64 letters, digits, '_', '-', '.' and spaces");
        }
        return new ObjectsAddress(true, name, 0, List.of(), canId(options.get("id")), List.of(labels));
    }

    private static int canId(String text) {
        try {
            int id = Integer.decode(text == null ? "" : text);
            if (id >= 0 && id < LAST_ID && id != LAST_STANDARD_ID) {
                return id;
            }
        } catch (NumberFormatException expected) {
            // told below
        }
        throw new IllegalArgumentException(
                "id: allowed is a CAN identifier from 0 to 0x7fe, or one of 29 bits from 0x800"
                        + " to 0x1ffffffe, for example id=0x500");
    }

    /** What is wrong with an address, or empty. */
    public static Optional<String> problem(String address) {
        try {
            parse(address);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("uri: " + e.getMessage());
        }
    }

    /** Whether the identifiers have 29 bits. */
    boolean extended() {
        return id > LAST_STANDARD_ID;
    }

    /** For people. */
    @Override
    public String toString() {
        return can ? "can://" + host + " from " + String.format("0x%x", id) + " on" : "udp://" + host + ":" + port;
    }
}
