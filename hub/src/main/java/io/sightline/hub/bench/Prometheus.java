package io.sightline.hub.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The figures that a hub tells, as Prometheus' text format has them: {@code name{label="value",…} number}. */
final class Prometheus {
    private final Map<String, Double> samples = new HashMap<>();

    Prometheus(String text) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            if (space > 0) {
                samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            }
        });
    }

    /** Sum over all series of that name whose labels are as wanted; 0 where there is none. */
    double sum(String name, String... labels) {
        Predicate<String> wanted = series -> {
            for (String label : labels) {
                if (!series.contains(label)) {
                    return false;
                }
            }
            return series.equals(name) || series.startsWith(name + "{");
        };
        return samples.entrySet().stream()
                .filter(sample -> wanted.test(sample.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
