package io.sightline.hub.sinks;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** HTTP: any 2xx is an acknowledgement; the id of the event goes along as {@code Idempotency-Key}. */
final class HttpKind implements SinkKind {
    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public String example() {
        return "uri: https://erp.example.com/events";
    }

    @Override
    public Server server() {
        return Server.NONE;
    }

    @Override
    public Set<Guarantee> guarantees(SinkSettings sink, SinkAddress address) {
        return EnumSet.allOf(Guarantee.class);
    }

    @Override
    public Set<String> ownOptions(SinkSettings sink) {
        return Set.of(
                "throwExceptionOnFailure",
                "bridgeEndpoint",
                "okStatusCodeRange",
                "authUsername",
                "authPassword",
                "authMethod",
                "authBearerToken",
                "skipRequestHeaders",
                "headerFilterStrategy",
                "lazyStartProducer",
                "followRedirects");
    }

    @Override
    public List<SinkRules.Problem> problems(SinkSettings sink, SinkAddress address) {
        return address.path().matches("[^/@\\s]+(/.*)?")
                ? List.of()
                : List.of(new SinkRules.Problem(
                        "uri", "allowed is an address with a host and without a login, for example " + example()));
    }

    @Override
    public Endpoint open(Opening opening) throws Exception {
        SinkSettings sink = opening.sink();
        var options = new LinkedHashMap<String, String>();
        long millis = sink.timeout().toMillis();
        opening.standard(options, "httpMethod", "POST");
        options.put("skipResponseHeaders", "true");
        options.put("ignoreResponseBody", "true");
        options.put("httpClient.responseTimeout", String.valueOf(millis));
        options.put("httpConnection.connectTimeout", String.valueOf(millis));
        options.put("httpConnection.socketTimeout", String.valueOf(millis));
        options.put("headerFilterStrategy", opening.bean(new LeavingProperties()));
        opening.login().ifPresent(login -> {
            options.put("authMethod", "Basic");
            options.put("authenticationPreemptive", "true");
            options.put("authUsername", SinkAddress.raw(login.username()));
            options.put("authPassword", SinkAddress.raw(login.password()));
        });
        sink.caFile().ifPresent(file -> options.put("sslContextParameters", opening.bean(Tls.parameters(file))));
        return opening.endpoint("//" + opening.address().path(), options);
    }

    @Override
    public void label(Message message, EventHead event, SinkSettings sink) {
        message.setHeader(Exchange.CONTENT_TYPE, Labels.contentType(sink));
        message.setHeader(Labels.IDEMPOTENCY_KEY, event.id());
        Labels.attributes(message, event, "ce-");
    }
}
