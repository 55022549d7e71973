package io.sightline.hub.sinks;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Any other Camel component: it acknowledges by returning. */
record PlainKind(String scheme) implements SinkKind {
    @Override
    public Set<String> schemes() {
        return Set.of(scheme);
    }

    @Override
    public String example() {
        return "direct:a-route-of-yours";
    }

    @Override
    public Server server() {
        return Server.NONE;
    }

    @Override
    public Set<Guarantee> guarantees(SinkSettings sink, SinkAddress address) {
        return EnumSet.of(Guarantee.AT_MOST_ONCE, Guarantee.AT_LEAST_ONCE);
    }

    @Override
    public Endpoint open(Opening opening) throws Exception {
        return opening.endpoint(opening.address().path(), Map.of());
    }

    @Override
    public void label(Message message, EventHead event, SinkSettings sink) {
        message.setHeader(Exchange.CONTENT_TYPE, Labels.contentType(sink));
        message.setHeader(Labels.IDEMPOTENCY_KEY, event.id());
        Labels.attributes(message, event, "ce-");
    }
}
