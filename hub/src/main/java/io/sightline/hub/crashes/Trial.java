package io.sightline.hub.crashes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Not for several threads at once. Finds the camera that makes the process die without a report, as a library does that calls {@code abort}: cameras get
 * their turns one after the other, and the file {@code trial} names the one whose turn it is.
 */
final class Trial {
    /** A stream that crashes a decoder does so with its first pictures. */
    static final Duration TURN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

    private final Path file;
    private final Clock clock;
    private final boolean needed;
    private final Map<String, Instant> turns = new HashMap<>();
    private final Set<String> had = new HashSet<>();
    private Instant first = Instant.EPOCH;

    /** @param needed whether the last processes died without saying why */
    Trial(Path folder, Clock clock, boolean needed) {
        this.file = folder.resolve("trial");
        this.clock = clock;
        this.needed = needed;
    }

    /** The camera whose turn it was when the last process ended without being told to; asked once. */
    Optional<String> culprit() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String camera = Files.readString(file).strip();
        Files.delete(file);
        return Optional.of(camera);
    }

    boolean needed() {
        return needed;
    }

    /** @return when the camera's turn comes; empty if it has come */
    Optional<Instant> turn(String camera) {
        if (had.contains(camera)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (turns.isEmpty()) {
            first = now;
        }
        Instant begin = first;
        Instant turn = turns.computeIfAbsent(camera, id -> begin.plus(TURN.multipliedBy(turns.size())));
        if (turn.isAfter(now)) {
            return Optional.of(turn);
        }
        had.add(camera);
        write(camera);
        return Optional.empty();
    }

    private void write(String camera) {
        try {
            Files.writeString(file, camera);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("whose turn it is cannot be written down");
        }
    }

    /** The camera has had its turn without harm. */
    void passed(String camera) {
        try {
            if (Files.exists(file) && Files.readString(file).strip().equals(camera)) {
                end();
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("whose turn it was cannot be read");
        }
    }

    /** Nobody has a turn. */
    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("whose turn it was cannot be removed");
        }
    }
}
