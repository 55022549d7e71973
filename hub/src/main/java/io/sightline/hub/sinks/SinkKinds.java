package io.sightline.hub.sinks;

import io.sightline.processors.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the kind of a receiver by the scheme of its address. */
final class SinkKinds {
    private static final String COMPONENTS = "/META-INF/services/org/apache/camel/component/";

    /** What would let an address run code, steer the hub or read from it. */
    private static final Set<String> REFUSED = Set.of(
            "bean",
            "class",
            "language",
            "controlbus",
            "rest",
            "rest-api",
            "rest-openapi",
            "platform-http",
            "camera",
            "timer",
            "scheduler",
            "kamelet",
            "ref",
            "xchange",
            "dataset",
            "dataset-test");

    private static final List<SinkKind> KNOWN = List.of(
            new KafkaKind(),
            new MqttKind(),
            new JmsKind(),
            new RabbitKind(),
            new HttpKind(),
            new SqlKind(),
            new FileKind());

    private SinkKinds() {}

    /** @return empty if events cannot be sent to such an address */
    static Optional<SinkKind> of(String scheme) {
        Optional<SinkKind> known =
                KNOWN.stream().filter(kind -> kind.schemes().contains(scheme)).findFirst();
        return known.or(() -> isComponent(scheme) ? Optional.of(new PlainKind(scheme)) : Optional.empty());
    }

    private static boolean isComponent(String scheme) {
        return !REFUSED.contains(scheme)
                && scheme.matches("[a-z0-9.+-]+")
                && SinkKinds.class.getResource(COMPONENTS + scheme) != null;
    }

    /** The kinds of events that a sink takes. */
    static Set<Event.Kind> events(SinkSettings sink) {
        Set<String> words = sink.from().isEmpty() ? Set.of(Event.Kind.DETECTION.word()) : sink.from();
        var kinds = EnumSet.noneOf(Event.Kind.class);
        for (Event.Kind kind : Event.Kind.values()) {
            if (words.contains("all") || words.contains(kind.word())) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    static Set<String> schemes() {
        var schemes = new TreeSet<String>();
        KNOWN.forEach(kind -> schemes.addAll(kind.schemes()));
        return schemes;
    }
}
