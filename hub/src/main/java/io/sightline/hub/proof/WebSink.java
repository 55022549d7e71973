package io.sightline.hub.proof;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Events by HTTP or HTTPS. */
final class WebSink implements FaultySink {
    private static final int UNAVAILABLE = 503;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final String name;
    private final HttpReceiver receiver;
    private final @Nullable HttpReceiver stranger;
    private final FaultDoor door;

    private WebSink(String name, HttpReceiver receiver, @Nullable HttpReceiver stranger, long seed) throws IOException {
        this.name = name;
        this.receiver = receiver;
        this.stranger = stranger;
        this.door = new FaultDoor(receiver.port(), seed);
    }

    static WebSink plain(Ledger ledger, long seed) throws IOException {
        var receiver = new HttpReceiver(HttpServer.create(), event -> ledger.arrived("http", event));
        return new WebSink("http", receiver, null, seed);
    }

    /** @param certificates of the receiver, and of a stranger whom the sink must not trust */
    static WebSink secured(Ledger ledger, Certificates certificates, long seed) throws IOException {
        var receiver = secured(certificates.trusted(), event -> ledger.arrived("https", event));
        var stranger = secured(certificates.stranger(), event -> {
            throw new IllegalStateException("an event went to somebody whom the sink has no reason to trust");
        });
        return new WebSink("https", receiver, stranger, seed);
    }

    private static HttpReceiver secured(SSLContext context, HttpReceiver.Arrival arrival) throws IOException {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new HttpReceiver(server, arrival);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String route() {
        return ProofSinks.http(name, "signals", name + "://localhost:" + door.port());
    }

    @Override
    public boolean begin(Fault fault) {
        switch (fault) {
            case REFUSED -> door.set(FaultDoor.Way.REFUSED);
            case SILENT -> door.set(FaultDoor.Way.SILENT);
            case RESET -> door.set(FaultDoor.Way.CUT);
            case SLOW -> door.set(FaultDoor.Way.SLOW);
            case ANSWER -> door.set(FaultDoor.Way.ANSWERS_LOST);
            case ERROR -> receiver.refuse(UNAVAILABLE);
            case LOGIN -> receiver.refuse(UNAUTHORIZED);
            case LIMIT -> receiver.refuse(TOO_MANY);
            case TLS -> {
                if (stranger == null) {
                    return false;
                }
                door.leadTo(stranger.port());
            }
            case DISK -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void end() {
        door.set(FaultDoor.Way.PASS);
        door.leadTo(receiver.port());
        receiver.takeAgain();
    }

    @Override
    public String why() {
        return name + " writes no file" + (stranger == null ? " and has no TLS" : "");
    }

    @Override
    public void close() throws IOException {
        door.close();
        receiver.close();
        if (stranger != null) {
            stranger.close();
        }
    }
}
