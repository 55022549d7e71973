package io.sightline.hub.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How much is to be proved.
 *
 * @param launcher of the hub, built
 * @param cycles kills of the whole hub
 * @param spineCycles kills of the spine and its sinks
 * @param events published for the order
 * @param faultLasts how long each fault is there
 * @param seed of all that is left to chance
 * @param progress hears of what is being done, in a few words
 */
public record ProofPlan(
        Path launcher,
        int cycles,
        int spineCycles,
        int events,
        Duration faultLasts,
        long seed,
        Consumer<String> progress) {}
