package io.sightline.hub.proof;

import java.io.IOException;
import java.util.function.IntFunction;

/**
 * Events to a broker elsewhere.
 *
 * @param writesRoute gives the route for a port
 */
record BrokerSink(String name, FaultDoor door, int broker, IntFunction<String> writesRoute) implements FaultySink {

    static BrokerSink mqtt(OtherBroker broker, long seed) throws IOException {
        var door = new FaultDoor(broker.port(), seed);
        return new BrokerSink(
                OtherBroker.MQTT, door, broker.port(), port -> ProofSinks.mqtt(OtherBroker.MQTT, "signals", port));
    }

    static BrokerSink jms(OtherBroker broker, long seed) throws IOException {
        var door = new FaultDoor(broker.port(), seed);
        return new BrokerSink(
                OtherBroker.JMS, door, broker.port(), port -> ProofSinks.jms(OtherBroker.JMS, "signals", port));
    }

    @Override
    public String route() {
        return writesRoute.apply(door.port());
    }

    @Override
    public boolean begin(Fault fault) {
        FaultDoor.Way way =
                switch (fault) {
                    case REFUSED -> FaultDoor.Way.REFUSED;
                    case SILENT -> FaultDoor.Way.SILENT;
                    case RESET -> FaultDoor.Way.CUT;
                    case SLOW -> FaultDoor.Way.SLOW;
                    case ANSWER -> FaultDoor.Way.ANSWERS_LOST;
                    case ERROR, LOGIN, LIMIT, TLS, DISK -> FaultDoor.Way.PASS;
                };
        door.set(way);
        return way != FaultDoor.Way.PASS;
    }

    @Override
    public void end() {
        door.set(FaultDoor.Way.PASS);
        door.leadTo(broker);
    }

    @Override
    public String why() {
        return name + " has no status codes, and here no TLS";
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
