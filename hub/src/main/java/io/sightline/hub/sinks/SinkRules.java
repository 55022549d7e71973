package io.sightline.hub.sinks;

import io.sightline.hub.files.Suggestion;
import io.sightline.hub.filters.EventFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be true of a sink before it can run; asks nobody outside. */
public final class SinkRules {
    private static final Set<String> RESERVED = Set.of("store");

    private SinkRules() {}

    /**
     * Something that is wrong.
     *
     * @param key where: the name of a component of {@link SinkSettings}
     * @param text what was got and what is allowed; without secrets
     */
    public record Problem(String key, String text) {}

    /** All that is wrong; empty where the sink can be made. */
    public static List<Problem> check(SinkSettings sink) {
        var problems = new ArrayList<Problem>();
        if (RESERVED.contains(sink.id())) {
            problems.add(new Problem("uri", "the id '" + sink.id() + "' is the hub's own, allowed is another"));
        }
        Optional<SinkAddress> address = SinkAddress.of(sink.uri());
        Optional<SinkKind> kind = address.flatMap(parts -> SinkKinds.of(parts.scheme()));
        if (kind.isPresent()) {
            check(sink, address.get(), kind.get(), problems);
        } else {
            problems.add(new Problem(
                    "uri",
                    "got an address of '" + scheme(sink) + "', allowed is that of a receiver, for example kafka:topic,"
                            + " https://host/path; known are " + String.join(", ", SinkKinds.schemes())
                            + Suggestion.text(scheme(sink), SinkKinds.schemes())));
        }
        sink.filter().ifPresent(text -> filter(text, problems));
        if (sink.password().isPresent() && sink.username().isEmpty()) {
            problems.add(new Problem("password", "got one without username, allowed is both or neither"));
        }
        if (sink.retry().first().compareTo(sink.retry().longest()) > 0) {
            problems.add(new Problem("retry", "got first above longest, allowed is at most as long"));
        }
        boolean cameras =
                sink.from().isEmpty() || sink.from().stream().anyMatch(Set.of("detections", "scene", "all")::contains);
        if (!sink.cameras().isEmpty() && !cameras) {
            problems.add(new Problem("cameras", "got some, but 'from' has no events of cameras: detections or scene"));
        }
        return problems;
    }

    /** An address with the options of the sink's, and without the rest, for a look into Camel's catalogue. */
    public static Optional<String> options(SinkSettings sink) {
        return SinkAddress.of(sink.uri())
                .filter(address -> SinkKinds.of(address.scheme())
                        .filter(SinkKind::isCamels)
                        .isPresent())
                .map(address -> address.with("x", Map.of()));
    }

    /** The rest may hold secrets. */
    private static String scheme(SinkSettings sink) {
        return sink.uri().contains(":") ? sink.uri().split(":", 2)[0] : "no scheme";
    }

    private static void filter(String text, List<Problem> problems) {
        try {
            EventFilter.of(text);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("filter", "got '" + text + "': " + e.getMessage()));
        }
    }

    private static void check(SinkSettings sink, SinkAddress address, SinkKind kind, List<Problem> problems) {
        boolean given = sink.server().isPresent();
        if (kind.server() == SinkKind.Server.NEEDED && !given) {
            problems.add(new Problem("uri", "'server' is missing, for example " + kind.example()));
        } else if (kind.server() == SinkKind.Server.NONE && given) {
            problems.add(new Problem(
                    "server", "got one, but the address of " + address.scheme() + " says it all: " + kind.example()));
        }
        Set<Guarantee> able = kind.guarantees(sink, address);
        if (!able.contains(sink.guaranteed())) {
            String allowed = Arrays.stream(Guarantee.values())
                    .filter(able::contains)
                    .map(Guarantee::word)
                    .collect(Collectors.joining(", "));
            problems.add(new Problem(
                    "guarantee",
                    "got '" + sink.guarantee() + "', allowed are " + allowed + " with this receiver and address"));
        }
        for (String option : kind.ownOptions(sink)) {
            if (address.has(option)) {
                problems.add(new Problem(
                        "uri",
                        "got the option '" + option + "', which the hub sets itself, allowed is"
                                + " an address without it"));
            }
        }
        problems.addAll(kind.problems(sink, address));
    }
}
