package io.sightline.hub.sinks;

import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Message;
import org.apache.camel.support.ProcessorEndpoint;

/** Files: one a day, one event a line, on the disk before it is acknowledged. */
final class FileKind implements SinkKind {
    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public String example() {
        return "uri: file:/var/lib/sightline/export";
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
    public List<SinkRules.Problem> problems(SinkSettings sink, SinkAddress address) {
        if (sink.username().isPresent() || sink.caFile().isPresent()) {
            return List.of(new SinkRules.Problem("uri", "a folder has no login and no certificate"));
        }
        return address.path().startsWith("/") && address.options().isEmpty()
                ? List.of()
                : List.of(new SinkRules.Problem(
                        "uri", "allowed is file: and the whole path of a folder, without options: " + example()));
    }

    @Override
    public boolean isCamels() {
        return false;
    }

    @Override
    public Endpoint open(Opening opening) {
        var files = opening.closing(
                new DailyFiles(Path.of(opening.address().path()), opening.sink().id(), Clock.systemUTC()));
        return new ProcessorEndpoint(
                opening.sink().uri(),
                opening.camel(),
                exchange -> files.append(exchange.getMessage().getBody(byte[].class)));
    }

    @Override
    public void label(Message message, EventHead event, SinkSettings sink) {
        // a line holds the event alone
    }
}
