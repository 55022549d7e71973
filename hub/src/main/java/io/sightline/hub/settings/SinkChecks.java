package io.sightline.hub.settings;

import io.sightline.hub.sinks.SinkRules;
import io.sightline.hub.sinks.SinkSettings;
import java.util.Map;

/** Whether the keys of a sink go together, and its receiver can keep what its guarantee says. */
final class SinkChecks {
    private final Reading reading;

    SinkChecks(Reading reading) {
        this.reading = reading;
    }

    void check(Map<String, Object> found, Map<String, Written> written, RecordReader.Place place) {
        if (found.size() < SinkSettings.class.getRecordComponents().length) {
            return; // what is missing has been told
        }
        SinkSettings sink = RecordReader.build(SinkSettings.class, found);
        for (SinkRules.Problem problem : SinkRules.check(sink)) {
            Written key = written.get(problem.key());
            int line = key == null ? place.line() : key.line();
            reading.problem(line, place.of(problem.key()) + ": " + problem.text());
        }
    }
}
