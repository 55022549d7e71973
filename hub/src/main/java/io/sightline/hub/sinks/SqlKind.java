package io.sightline.hub.sinks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.Message;

/**
 * SQL: one statement for each event, acknowledged by its commit. The statement names what it takes: {@code :#id},
 * {@code :#event}, {@code :#data} and the attributes of the event.
 */
final class SqlKind implements SinkKind {
    private static final Pattern ONCE = Pattern.compile(
            "\\bon\\s+conflict\\b|\\bmerge\\s+into\\b|\\bon\\s+duplicate\\s+key\\b|\\binsert\\s+ignore\\b");
    private static final Pattern WRITES = Pattern.compile("\\s*(insert|merge|update|call|with)\\b.*", Pattern.DOTALL);

    @Override
    public Set<String> schemes() {
        return Set.of("sql");
    }

    @Override
    public String example() {
        return "uri: \"sql:insert into events (id, event) values (:#id, :#event) on conflict (id) do nothing\" and"
                + " server: jdbc:postgresql://host/database";
    }

    @Override
    public Server server() {
        return Server.NEEDED;
    }

    @Override
    public Set<Guarantee> guarantees(SinkSettings sink, SinkAddress address) {
        String statement = address.path().toLowerCase(Locale.ROOT);
        return ONCE.matcher(statement).find() && statement.contains(":#id")
                ? EnumSet.allOf(Guarantee.class)
                : EnumSet.of(Guarantee.AT_MOST_ONCE, Guarantee.AT_LEAST_ONCE);
    }

    @Override
    public Set<String> ownOptions(SinkSettings sink) {
        return Set.of("dataSource", "lazyStartProducer", "useMessageBodyForSql", "batch", "noop");
    }

    @Override
    public List<SinkRules.Problem> problems(SinkSettings sink, SinkAddress address) {
        if (sink.server().isPresent() && !sink.server().get().startsWith("jdbc:")) {
            return List.of(new SinkRules.Problem(
                    "server", "allowed is the address of a database, for example jdbc:postgresql://host/database"));
        } else if (!WRITES.matcher(address.path().toLowerCase(Locale.ROOT)).matches()) {
            return List.of(
                    new SinkRules.Problem("uri", "allowed is a statement that writes, for example " + example()));
        } else if (address.path().contains("${") || address.path().contains(":#$")) {
            return List.of(new SinkRules.Problem("uri", "allowed are parameters like :#id; expressions are none"));
        }
        return List.of();
    }

    @Override
    public Endpoint open(Opening opening) throws Exception {
        SinkSettings sink = opening.sink();
        var config = new HikariConfig();
        config.setPoolName("sink-" + sink.id());
        config.setJdbcUrl(sink.server().orElseThrow());
        opening.login().ifPresent(login -> {
            config.setUsername(login.username());
            config.setPassword(login.password());
        });
        config.setMaximumPoolSize(1);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(Math.max(250, sink.timeout().toMillis()));
        config.setAutoCommit(true);
        HikariDataSource pool = opening.closing(new HikariDataSource(config));
        var options = new LinkedHashMap<String, String>();
        options.put("dataSource", opening.bean(pool));
        options.put("noop", "true");
        options.put(
                "template.queryTimeout",
                String.valueOf(Math.max(1, sink.timeout().toSeconds())));
        return opening.endpoint(opening.address().path(), options);
    }

    @Override
    public void label(Message message, EventHead event, SinkSettings sink) {
        event.attributes().forEach(message::setHeader);
        for (String attribute : List.of("correlationid", "traceparent")) {
            if (message.getHeader(attribute) == null) {
                message.setHeader(attribute, null);
            }
        }
        message.setHeader("event", new String(event.event(), StandardCharsets.UTF_8));
        message.setHeader("data", new String(event.data(), StandardCharsets.UTF_8));
    }
}
