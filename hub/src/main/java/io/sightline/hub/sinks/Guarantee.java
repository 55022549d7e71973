package io.sightline.hub.sinks;

import java.util.Locale;

/** How often a receiver gets an event. */
enum Guarantee {
    /** Once or never: what fails is lost, and counted. */
    AT_MOST_ONCE,
    /** Once or more often; a copy has the same id. */
    AT_LEAST_ONCE,
    /** Once as far as the receiver shows: it knows a copy by the id that reaches it. */
    EFFECTIVELY_ONCE;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Guarantee of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
