package io.sightline.processors;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/** Sends through the Camel component named {@code spine}. The template stays the maker's to stop. */
public final class CamelSpineSender implements SpineSender {
    private final ProducerTemplate template;

    public CamelSpineSender(ProducerTemplate template) {
        this.template = template;
    }

    @Override
    public void send(String address, byte[] bytes, Map<String, Object> headers) throws Exception {
        var sent = template.send("spine:topic:" + address, ExchangePattern.InOnly, exchange -> {
            exchange.getMessage().setBody(bytes);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
        if (sent.getException() != null) {
            throw sent.getException();
        }
    }
}
