package io.sightline.hub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The end of a REST route: what the operation answered, as JSON. */
public final class JsonAnswer implements Processor {
    private final ObjectMapper json;

    JsonAnswer(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        byte[] body = json.writeValueAsBytes(exchange.getMessage().getBody());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(body);
    }
}
