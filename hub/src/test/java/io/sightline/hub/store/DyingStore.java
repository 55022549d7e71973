package io.sightline.hub.store;

import java.nio.file.Path;
import java.time.Clock;

/** Stores events, prints each after its commit, and dies without a word. */
final class DyingStore {
    private DyingStore() {}

    public static void main(String[] arguments) {
        var stores = new Stores(Path.of(arguments[0]), Stores.h2(), Clock.systemUTC());
        for (int i = 1; i <= 100; i++) {
            stores.write(Stores.event(i, Integer.toString(i), "started", 0.5));
            System.out.println("stored " + i);
        }
        System.out.flush();
        Runtime.getRuntime().halt(9);
    }
}
