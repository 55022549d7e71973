package io.sightline.camera.objects;

import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Lists as JSON, one in each datagram. Where nobody says who the camera is, it is the first that sends a list, until it has
 * been silent for a while.
 */
final class UdpObjects implements ObjectSource {
    /** Datagrams a second that are read at all; a camera sends 60 at most. */
    static final int MOST_PER_SECOND = 1000;

    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final long FORGOTTEN_NANOS = 5_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final String camera;
    private final ObjectsAddress address;
    private final DatagramSocket socket;
    private final DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
    private final LongAdder dropped = new LongAdder();
    private @Nullable InetAddress sender;
    private long heardNanos;
    private long secondBegan;
    private int thisSecond;

    private UdpObjects(String camera, ObjectsAddress address, DatagramSocket socket) {
        this.camera = camera;
        this.address = address;
        this.socket = socket;
    }

    static UdpObjects open(String camera, ObjectsAddress address) throws VideoException {
        try {
            var socket = new DatagramSocket(null);
            try {
                socket.setReceiveBufferSize(RECEIVE_BUFFER);
                socket.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
                return new UdpObjects(camera, address, socket);
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        } catch (BindException e) {
            throw new VideoException(
                    Cause.UNREADABLE,
                    camera + ": cannot listen on " + address + " (" + e.getMessage()
                            + "); each smart camera needs a port of its own on an address of this machine");
        } catch (IOException e) {
            throw new VideoException(
                    Cause.UNREADABLE, camera + ": cannot listen on " + address + " (" + e.getMessage() + ")");
        }
    }

    /** The port that is listened on. */
    int port() {
        return socket.getLocalPort();
    }

    @Override
    public Optional<SentList> next(Duration patience) throws ListException, VideoException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis < 1) {
                    return Optional.empty();
                }
                socket.setSoTimeout((int) millis);
                packet.setLength(LARGEST_DATAGRAM);
                socket.receive(packet);
                long now = System.nanoTime();
                if (isWanted(now)) {
                    SentList list = JsonLists.read(packet.getData(), packet.getLength());
                    sender = packet.getAddress();
                    heardNanos = now;
                    return Optional.of(list);
                }
                dropped.increment();
            }
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new VideoException(
                    Cause.LOST, camera + ": listening on " + address + " ended (" + e.getMessage() + ")");
        }
    }

    private boolean isWanted(long now) {
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            thisSecond = 0;
        }
        thisSecond++;
        return thisSecond <= MOST_PER_SECOND && isCamera(packet.getAddress(), now);
    }

    private boolean isCamera(InetAddress from, long now) {
        List<InetAddress> known = address.from();
        if (!known.isEmpty()) {
            return known.contains(from);
        }
        return sender == null || sender.equals(from) || now - heardNanos > FORGOTTEN_NANOS;
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        socket.close();
    }
}
