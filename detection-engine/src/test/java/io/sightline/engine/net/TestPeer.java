package io.sightline.engine.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server on loopback that reads heads of messages and answers as it is told. */
public final class TestPeer implements AutoCloseable {
    /** What it does with one message. */
    public interface Habit {
        /** @param head lines of the message, at least one */
        void answer(List<String> head, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Habit habit;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<List<String>> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore gone = new Semaphore(0);

    public TestPeer(Habit habit) throws IOException {
        this(habit, ServerSocketFactory.getDefault());
    }

    public TestPeer(Habit habit, ServerSocketFactory sockets) throws IOException {
        this.habit = habit;
        this.server = sockets.createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "test-peer");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    /** What came in so far. */
    public List<List<String>> heads() {
        return heads;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                connections.incrementAndGet();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
            List<String> head = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty()) {
                    head.add(line);
                } else if (!head.isEmpty()) {
                    heads.add(head);
                    habit.answer(head, client.getOutputStream());
                    client.getOutputStream().flush();
                    head = new ArrayList<>();
                }
            }
        } catch (IOException e) {
            // the client has gone
        } finally {
            gone.release();
        }
    }

    /** Waits until a client has closed its connection. @return false if none has in that time */
    public boolean clientLeaves(Duration patience) throws InterruptedException {
        return gone.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    public static String header(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    public static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
