package io.sightline.hub.management;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Series of things that come and go, such as cameras: those of what is gone disappear. One thread at a time. */
final class RemovableSeries {
    /** More than any site has; beyond that the newest go unmeasured, and the registry stays small. */
    private static final int MOST = 2000;

    private final MeterRegistry registry;
    private final Function<String, List<? extends Meter>> maker;
    private final Map<String, List<? extends Meter>> present = new HashMap<>();

    /** @param maker registers the series of one key */
    RemovableSeries(MeterRegistry registry, Function<String, List<? extends Meter>> maker) {
        this.registry = registry;
        this.maker = maker;
    }

    synchronized void keep(Set<String> keys) {
        for (String gone : new HashSet<>(present.keySet())) {
            if (!keys.contains(gone)) {
                present.remove(gone).forEach(registry::remove);
            }
        }
        for (String key : keys) {
            if (present.size() < MOST) {
                present.computeIfAbsent(key, maker);
            }
        }
    }
}
