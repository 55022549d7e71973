package io.sightline.hub.sinks;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Gives an endpoint a new producer after each failure. For those whose producer holds one connection and does not get it
 * back by itself, or not when the receiver is away at the start.
 */
final class Reconnecting extends DefaultEndpoint {
    private final Endpoint endpoint;

    Reconnecting(Endpoint endpoint) {
        super(endpoint.getEndpointUri(), endpoint.getComponent());
        this.endpoint = endpoint;
    }

    @Override
    public Producer createProducer() {
        return new Fresh();
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("a sink is not read");
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(endpoint);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopAndShutdownService(endpoint);
    }

    /** Used by one thread at a time, as the route of a sink is. */
    private final class Fresh extends DefaultProducer {
        private @Nullable Producer producer;

        Fresh() {
            super(Reconnecting.this);
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            try {
                started().process(exchange);
            } catch (Exception e) {
                drop();
                throw e;
            }
            if (exchange.getException() != null) {
                drop();
            }
        }

        private synchronized Producer started() throws Exception {
            Producer ready = producer;
            if (ready == null) {
                ready = endpoint.createProducer();
                producer = ready;
                ServiceHelper.startService(ready);
            }
            return ready;
        }

        private synchronized void drop() {
            if (producer != null) {
                try {
                    ServiceHelper.stopAndShutdownService(producer);
                } finally {
                    producer = null;
                }
            }
        }

        @Override
        protected void doStop() {
            drop();
        }
    }
}
