package io.sightline.engine.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;

/** The camera's side of a relay. */
interface RtspUpstream extends Closeable {
    InputStream in();

    /** Any thread; whole messages and packets only. */
    void send(byte[] message) throws IOException;

    /** Whose address was connected to. */
    InetAddress peer();

    @Override
    void close();

    /** RTSP on the connection itself. */
    static RtspUpstream direct(Wire wire) {
        wire.readUntil(Wire.FOREVER);
        return new RtspUpstream() {
            @Override
            public InputStream in() {
                return wire.in();
            }

            @Override
            public synchronized void send(byte[] message) throws IOException {
                wire.out().write(message);
                wire.out().flush();
            }

            @Override
            public InetAddress peer() {
                return wire.peer();
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }
}
