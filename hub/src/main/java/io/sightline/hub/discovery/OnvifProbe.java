package io.sightline.hub.discovery;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the network which ONVIF devices are there: WS-Discovery probes by multicast from each IPv4 address of this machine,
 * answered to the port that asked.
 */
final class OnvifProbe {
    /** Where devices listen. */
    static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 3702);

    private static final Logger LOG = LoggerFactory.getLogger(OnvifProbe.class);
    private static final List<String> TYPES = List.of(
            "<d:Types xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\">dn:NetworkVideoTransmitter</d:Types>",
            "<d:Types xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\">tds:Device</d:Types>");
    private static final int REPEATS = 2;
    private static final int LARGEST_ANSWER = 65_535;
    private static final int MOST_ANSWERS = 2000;
    private static final int MOST_OF_ONE_SENDER = 32;
    private static final int MOST_DEVICES = 512;
    private static final int MOST_SOURCES = 16;
    private static final int SLICE_MILLIS = 200;

    private final InetSocketAddress group;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /** What one device said. @param sender where its answer came from */
    record Answer(ProbeMatch match, InetAddress sender) {}

    /** @param group {@link #GROUP} */
    OnvifProbe(InetSocketAddress group) {
        this.group = group;
    }

    /**
     * Asks, and collects answers until the time is over.
     *
     * @param sources addresses of this machine to ask from; one that cannot is passed over
     * @return one answer for each device, in no order
     */
    List<Answer> run(List<InetAddress> sources, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var threads = new ArrayList<Thread>();
        for (InetAddress source : sources.stream().limit(MOST_SOURCES).toList()) {
            var thread = new Thread(() -> ask(source, deadline), "hub-discovery-" + source.getHostAddress());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(answers.values());
    }

    /** IPv4 addresses of the interfaces that are up and can multicast. */
    static List<InetAddress> sources() {
        var sources = new ArrayList<InetAddress>();
        try {
            for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
                if (one.isUp() && one.supportsMulticast() && !one.isLoopback()) {
                    one.inetAddresses().filter(Inet4Address.class::isInstance).forEach(sources::add);
                }
            }
        } catch (SocketException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the network interfaces cannot be listed");
        }
        return sources;
    }

    private void ask(InetAddress source, long deadline) {
        try (var socket = new MulticastSocket(new InetSocketAddress(source, 0))) {
            if (group.getAddress().isMulticastAddress()) {
                socket.setNetworkInterface(NetworkInterface.getByInetAddress(source));
                socket.setTimeToLive(4);
            }
            collect(socket, deadline);
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("address", source.getHostAddress())
                    .addKeyValue("reason", e.getMessage())
                    .log("cannot look for cameras from this address");
        }
    }

    private void collect(MulticastSocket socket, long deadline) throws IOException {
        var bySender = new HashMap<InetAddress, Integer>();
        var packet = new DatagramPacket(new byte[LARGEST_ANSWER], LARGEST_ANSWER);
        int repeats = 0;
        for (int taken = 0; taken < MOST_ANSWERS && System.nanoTime() < deadline; ) {
            if (repeats < REPEATS) { // devices miss one now and then
                repeats++;
                send(socket);
            }
            try {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                socket.setSoTimeout((int) Math.max(1, Math.min(SLICE_MILLIS, left)));
                packet.setLength(LARGEST_ANSWER);
                socket.receive(packet);
                taken++;
                if (bySender.merge(packet.getAddress(), 1, Integer::sum) <= MOST_OF_ONE_SENDER) {
                    take(packet);
                }
            } catch (SocketTimeoutException expected) {
                // the next slice
            }
        }
    }

    private void send(MulticastSocket socket) throws IOException {
        for (String types : TYPES) {
            String id = UUID.randomUUID().toString();
            asked.add(id);
            byte[] probe = probe(id, types).getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(probe, probe.length, group));
        }
    }

    /** The usual prefixes: some devices know no others. */
    private static String probe(String id, String types) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:w=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\">"
                + "<e:Header><w:MessageID>uuid:" + id + "</w:MessageID>"
                + "<w:To e:mustUnderstand=\"true\">urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>"
                + "<w:Action e:mustUnderstand=\"true\">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action>"
                + "</e:Header><e:Body><d:Probe>" + types + "</d:Probe></e:Body></e:Envelope>";
    }

    private void take(DatagramPacket packet) {
        for (ProbeMatch match : ProbeMatches.read(packet.getData(), packet.getLength())) {
            String probe = match.relatesTo().replaceFirst("(?i)^(urn:)?uuid:", "");
            boolean ours = asked.stream().anyMatch(probe::equalsIgnoreCase);
            if (ours && !match.endpoint().isEmpty() && answers.size() < MOST_DEVICES) {
                answers.putIfAbsent(match.endpoint(), new Answer(match, packet.getAddress()));
            }
        }
    }

    /** For the order of what people read. */
    static Map<String, Answer> byEndpoint(List<Answer> answers) {
        var ordered = new LinkedHashMap<String, Answer>();
        answers.stream()
                .sorted(Comparator.comparing(answer -> answer.match().endpoint()))
                .forEach(answer -> ordered.put(answer.match().endpoint(), answer));
        return ordered;
    }
}
