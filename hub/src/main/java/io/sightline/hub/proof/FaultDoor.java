package io.sightline.hub.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP door between a sink and its receiver, whose behaviour can be changed while connections are open. Any thread. */
final class FaultDoor implements AutoCloseable {
    private static final int BUFFER = 8192;
    private static final long SLOW_MILLIS = 100;
    private static final int MOST_BEFORE_CUT = 3000;
    private static final int ONE_ANSWER_LOST_IN = 4;

    /** What the door does with bytes. */
    enum Way {
        PASS,
        /** New connections are reset at once, as those that are open. */
        REFUSED,
        /** Connections stay, and nothing passes. */
        SILENT,
        /** Every connection is reset after some bytes. */
        CUT,
        /** Every piece waits 100 ms, each way. */
        SLOW,
        /** What the sink says arrives; of the answers one in four is lost, with the connection. */
        ANSWERS_LOST
    }

    private final ServerSocket server = new ServerSocket();
    private final ExecutorService threads = Executors.newCachedThreadPool(Child.daemons("fault-door"));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Random dice;
    private volatile int target;
    private volatile Way way = Way.PASS;

    FaultDoor(int target, long seed) throws IOException {
        this.target = target;
        this.dice = new Random(seed);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void set(Way newWay) {
        way = newWay;
        if (newWay == Way.REFUSED) {
            resetAll();
        }
    }

    /** Leads elsewhere from now on; who is connected is thrown out. */
    void leadTo(int port) {
        target = port;
        resetAll();
    }

    private void resetAll() {
        open.forEach(FaultDoor::reset);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (way == Way.REFUSED) {
                    reset(client);
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // the receiver is away, or this door is closed: the client sees its connection end
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            var receiver = new Socket(InetAddress.getLoopbackAddress(), target);
            receiver.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            open.add(client);
            open.add(receiver);
            threads.execute(() -> pump(client, receiver, false));
            threads.execute(() -> pump(receiver, client, true));
        } catch (IOException e) {
            reset(client);
            throw e;
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                int passes = passes(got, answers);
                out.write(buffer, 0, passes);
                if (passes < got) {
                    reset(from);
                    reset(to);
                }
            }
        } catch (IOException e) {
            // one side is gone, so the other goes as well
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** How many bytes of a piece pass; fewer than all: the connection is reset after them. */
    private int passes(int got, boolean answer) throws InterruptedException {
        while (way == Way.SILENT) {
            Thread.sleep(SLOW_MILLIS);
        }
        if (way == Way.SLOW) {
            Thread.sleep(SLOW_MILLIS);
        }
        synchronized (dice) {
            boolean lost = way == Way.ANSWERS_LOST && answer && dice.nextInt(ONE_ANSWER_LOST_IN) == 0;
            int cut = way == Way.CUT ? dice.nextInt(MOST_BEFORE_CUT) : got;
            return lost ? 0 : Math.min(cut, got);
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed already
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        resetAll();
        threads.shutdownNow();
    }
}
