package io.sightline.hub.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/** Stores walks of people and dies without a word while some are there. */
final class DyingCounts {
    static final int EVENTS = 150;

    private DyingCounts() {}

    public static void main(String[] arguments) {
        var stores = new Stores(Path.of(arguments[0]), Stores.h2(), Clock.systemUTC());
        List<String> walks = new ToldEvents().walks(new Random(3), 100);
        walks.subList(0, EVENTS).forEach(stores::write);
        Runtime.getRuntime().halt(9);
    }
}
