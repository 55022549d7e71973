package io.sightline.hub.sinks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the endpoint of one sink is made with and of; closes and forgets it all. Used by one thread at a time. */
final class Opening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final CamelContext camel;
    private final SinkSettings sink;
    private final SinkAddress address;
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private int beans;

    Opening(CamelContext camel, SinkSettings sink, SinkAddress address) {
        this.camel = camel;
        this.sink = sink;
        this.address = address;
    }

    CamelContext camel() {
        return camel;
    }

    SinkSettings sink() {
        return sink;
    }

    SinkAddress address() {
        return address;
    }

    /** To be closed with the sink, after its endpoint; the last one first. */
    <T extends AutoCloseable> T closing(T resource) {
        closing.push(resource);
        return resource;
    }

    /** Makes an object known to the endpoint; the answer is the value of an option. */
    String bean(Object bean) {
        String name = "sink-" + sink.id() + "-" + beans++;
        camel.getRegistry().bind(name, bean);
        closing.push(() -> camel.getRegistry().unbind(name));
        return "#bean:" + name;
    }

    /** The endpoint of the address with these options, which connects with the first event and not before. */
    Endpoint endpoint(String path, Map<String, String> options) throws Exception {
        Component component = camel.getComponent(address.scheme());
        if (component == null) {
            throw new IllegalArgumentException("there is no component '" + address.scheme() + "'");
        }
        var all = new LinkedHashMap<String, String>();
        all.put("lazyStartProducer", "true");
        all.putAll(options);
        return component.createEndpoint(address.with(path, all));
    }

    /** An option, unless the address has it. */
    void standard(Map<String, String> options, String name, Object value) {
        if (!address.has(name)) {
            options.put(name, String.valueOf(value));
        }
    }

    /** The login, where there is one. */
    Optional<Login> login() {
        return sink.username().map(user -> new Login(user, sink.password().orElse("")));
    }

    /** Who the hub is to the receiver. */
    record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (Exception e) {
                LOG.atDebug().addKeyValue("sink", sink.id()).setCause(e).log("could not close a part of a sink");
            }
        }
    }
}
