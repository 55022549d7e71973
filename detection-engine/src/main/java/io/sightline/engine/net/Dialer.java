package io.sightline.engine.net;

import io.sightline.engine.net.ConnectionException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections to cameras, each to an address that was checked. Any thread.
 *
 * @param guard which addresses may be connected to
 * @param tls which certificates are trusted
 */
public record Dialer(AddressGuard guard, Tls tls) {

    /** @param secure with TLS */
    record Place(boolean secure, String host, int port) {}

    /** Tries every address that the host has, one after the other. Interrupting the thread ends the wait. */
    Wire dial(Place place, long deadlineNanos) throws IOException {
        List<InetAddress> addresses = guard.check(place.host(), place.port());
        ConnectionException last = new ConnectionException(Reason.UNREACHABLE, "cannot be reached");
        for (int i = 0; i < addresses.size(); i++) {
            long left = (deadlineNanos - System.nanoTime()) / 1_000_000 / (addresses.size() - i);
            try {
                return secured(connect(addresses.get(i), place.port(), left), place, deadlineNanos);
            } catch (ConnectionException e) {
                last = e;
            }
        }
        throw last;
    }

    private static SocketChannel connect(InetAddress address, int port, long patienceMillis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            int patience = (int) Math.max(1, Math.min(patienceMillis, Integer.MAX_VALUE));
            channel.socket().setTcpNoDelay(true);
            channel.socket().connect(new InetSocketAddress(address, port), patience);
            return channel;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            channel.close();
            boolean late = e instanceof SocketTimeoutException;
            throw new ConnectionException(
                    late ? Reason.SILENT : Reason.UNREACHABLE,
                    late ? "no answer in time" : "cannot be reached (" + words(e) + ")");
        }
    }

    private Wire secured(SocketChannel channel, Place place, long deadlineNanos) throws IOException {
        try {
            return place.secure()
                    ? new Wire(channel, shaken(channel, place, deadlineNanos))
                    : new Wire(channel, channel.socket());
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private Socket shaken(SocketChannel channel, Place place, long deadlineNanos) throws IOException {
        Tls.Handshake handshake = handshake();
        String name = place.host().replaceAll("^\\[|]$", "");
        var socket = (SSLSocket) handshake.sockets().createSocket(channel.socket(), name, place.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(tls.checksName() ? "HTTPS" : null);
        socket.setSSLParameters(parameters);
        var inTime = closedAt(deadlineNanos, channel);
        try {
            socket.startHandshake();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw inTime.complete(true) ? failed(e, handshake.shown()) : late();
        }
        if (!inTime.complete(true)) {
            throw late();
        }
        return socket;
    }

    /**
     * A limit for all of a handshake: one for each read would never end with a peer that sends a byte now and then.
     *
     * @return to be completed when the handshake is over; false where the time was over first
     */
    private static CompletableFuture<Boolean> closedAt(long deadlineNanos, SocketChannel channel) {
        var inTime = new CompletableFuture<Boolean>();
        inTime.thenAccept(is -> {
            if (!is) {
                closeQuietly(channel);
            }
        });
        return inTime.completeOnTimeout(false, Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException expected) {
            // whoever reads from it finds out
        }
    }

    private static ConnectionException late() {
        return new ConnectionException(Reason.SILENT, "no answer to the TLS handshake in time");
    }

    private static ConnectionException failed(IOException e, Optional<String> shown) {
        return e instanceof SSLException tls
                ? untrusted(tls, shown)
                : new ConnectionException(Reason.UNREACHABLE, "the TLS handshake failed (" + words(e) + ")");
    }

    private Tls.Handshake handshake() throws ConnectionException {
        try {
            return tls.handshake();
        } catch (GeneralSecurityException | IOException e) {
            String file = tls.caFile().map(path -> path + ": ").orElse("");
            throw new ConnectionException(Reason.UNTRUSTED, file + "the trusted issuers cannot be read: " + words(e));
        }
    }

    private static ConnectionException untrusted(SSLException e, Optional<String> shown) {
        if (shown.isEmpty()) {
            return new ConnectionException(
                    Reason.UNREACHABLE, "speaks no TLS that can be agreed on (" + words(e) + ")");
        }
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return new ConnectionException(
                Reason.UNTRUSTED,
                "its certificate is not trusted (" + words(cause) + "); the SHA-256 of what it shows is " + shown.get()
                        + ": if the camera's own page tells the same, set tls-pin to it");
    }

    /** Of exceptions that hold no address and no login. */
    static String words(Throwable e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
