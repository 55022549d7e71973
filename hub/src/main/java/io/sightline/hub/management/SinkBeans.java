package io.sightline.hub.management;

import io.sightline.hub.spine.accounts.SinkBalance;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.Integrations;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers an MBean for each sink, and that of the dead letters; takes them away with the hub. One thread at a time. */
final class SinkBeans implements Refreshing, AutoCloseable {
    static final String DOMAIN = "io.sightline";
    static final String DEAD_LETTERS = "dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(SinkBeans.class);

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final SinkFigures figures;
    private final Integrations integrations;
    private final Map<String, ObjectName> present = new HashMap<>();
    private boolean closed;

    SinkBeans(SinkFigures figures, Integrations integrations, DeadLetterOperations letters) {
        this.figures = figures;
        this.integrations = integrations;
        register("", DOMAIN + ":type=" + DEAD_LETTERS, () -> new StandardMBean(letters, DeadLettersMXBean.class, true));
    }

    @Override
    public synchronized void refresh() {
        if (closed) {
            return;
        }
        Set<String> sinks = figures.sinks();
        for (String gone : new HashSet<>(present.keySet())) {
            if (!gone.isEmpty() && !sinks.contains(gone)) {
                unregister(present.remove(gone));
            }
        }
        for (String sink : sinks) {
            if (!present.containsKey(sink)) {
                register(
                        sink,
                        DOMAIN + ":type=sinks,name=\"" + sink + "\"",
                        () -> new StandardMBean(new One(sink), SinkMXBean.class, true));
            }
        }
    }

    private void register(String key, String name, Maker maker) {
        try {
            var object = new ObjectName(name);
            if (server.isRegistered(object)) {
                server.unregisterMBean(object);
            }
            server.registerMBean(maker.make(), object);
            present.put(key, object);
        } catch (JMException e) {
            LOG.atWarn()
                    .addKeyValue("mbean", name)
                    .addKeyValue("reason", e.getMessage())
                    .log("cannot show it in JMX");
        }
    }

    private void unregister(ObjectName object) {
        try {
            server.unregisterMBean(object);
        } catch (JMException e) {
            LOG.atDebug().setCause(e).log("was not registered any more");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        present.values().forEach(this::unregister);
        present.clear();
    }

    /** What JMX may refuse. */
    @FunctionalInterface
    private interface Maker {
        Object make() throws JMException;
    }

    private final class One implements SinkMXBean {
        private final String sink;

        One(String sink) {
            this.sink = sink;
        }

        private Optional<Integration> integration() {
            return integrations.find("sink", sink);
        }

        private long value(ToLongFunction<SinkBalance> value) {
            return figures.find(sink).map(value::applyAsLong).orElse(0L);
        }

        @Override
        public String getState() {
            return integration().map(known -> known.state().name()).orElse("ONLINE");
        }

        @Override
        public String getReason() {
            return integration().map(Integration::reason).orElse("");
        }

        @Override
        public long getAccepted() {
            return value(SinkBalance::accepted);
        }

        @Override
        public long getDelivered() {
            return value(SinkBalance::delivered);
        }

        @Override
        public long getFiltered() {
            return value(SinkBalance::filtered);
        }

        @Override
        public long getDropped() {
            return value(SinkBalance::dropped);
        }

        @Override
        public long getWaiting() {
            return value(SinkBalance::waiting);
        }

        @Override
        public long getDead() {
            return value(SinkBalance::dead);
        }

        @Override
        public long getDifference() {
            return value(SinkBalance::difference);
        }

        @Override
        public long getMissing() {
            return value(SinkBalance::missing);
        }

        @Override
        public long getAttempts() {
            return value(SinkBalance::attempts);
        }

        @Override
        public long getRedeliveries() {
            return value(SinkBalance::redeliveries);
        }

        @Override
        public long getRepeated() {
            return value(SinkBalance::repeated);
        }

        @Override
        public double getOldestWaitingSeconds() {
            return figures.oldestSeconds(sink);
        }
    }
}
