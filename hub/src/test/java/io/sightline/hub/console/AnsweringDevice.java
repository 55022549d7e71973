package io.sightline.hub.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A device in this machine's networks that answers who looks for ONVIF devices, as a recorded one did. */
final class AnsweringDevice implements AutoCloseable {
    private static final int PORT = 3702;
    private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", PORT);
    private static final Pattern MESSAGE_ID = Pattern.compile("MessageID>(uuid:[^<]+)<");

    private final MulticastSocket socket = new MulticastSocket(PORT);
    private final List<NetworkInterface> networks;
    private final CountDownLatch heard = new CountDownLatch(1);
    private final String answer;

    /**
     * @param name what it says it is
     * @param host where it says its service is
     */
    AnsweringDevice(String name, String host) throws IOException {
        networks = NetworkInterface.networkInterfaces()
                .filter(AnsweringDevice::reaches)
                .toList();
        for (NetworkInterface network : networks) {
            socket.joinGroup(GROUP, network);
        }
        answer = recorded()
                .replace("VENDOR%20MODEL", name)
                .replace("hardware/MODEL", "hardware/" + name)
                .replace("192.168.1.24", host);
        var thread = new Thread(this::answer, "answering-device");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean reaches(NetworkInterface network) {
        try {
            return network.isUp() && network.supportsMulticast() && !network.isLoopback() && own(network) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress own(NetworkInterface network) {
        return network.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    private static String recorded() throws IOException {
        try (InputStream file =
                AnsweringDevice.class.getResourceAsStream("/io/sightline/hub/discovery/probe-matches.xml")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether what is sent to the group on this machine arrives here: some containers have no multicast. */
    boolean hears() throws IOException, InterruptedException {
        for (NetworkInterface network : networks) {
            try (var sender = new MulticastSocket(new InetSocketAddress(own(network), 0))) {
                sender.setNetworkInterface(network);
                sender.send(new DatagramPacket(new byte[1], 1, GROUP));
            } catch (IOException e) {
                continue; // no route: another network may have one
            }
        }
        return heard.await(5, TimeUnit.SECONDS);
    }

    private void answer() {
        var packet = new DatagramPacket(new byte[8192], 8192);
        try {
            while (true) {
                packet.setLength(8192);
                socket.receive(packet);
                heard.countDown();
                var id =
                        MESSAGE_ID.matcher(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
                if (id.find()) {
                    byte[] bytes = answer.replace("uuid:84ede3de-7dec-11d0-c360-F01234567890", id.group(1))
                            .getBytes(StandardCharsets.UTF_8);
                    socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
