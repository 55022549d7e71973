package io.sightline.hub.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares what the publisher was told is safe with what arrived; kept outside of the processes that are killed. Any
 * thread.
 */
final class Ledger {
    private static final long LOOK_MILLIS = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final Numbers acknowledged = new Numbers();
    private final Map<String, Arrivals> receivers = new TreeMap<>();

    /** Makes a receiver known, so that one that gets nothing has an account as well. */
    synchronized void expect(String receiver) {
        receivers.computeIfAbsent(receiver, name -> new Arrivals());
    }

    /** @param line {@code acknowledged ID SOURCE SEQUENCE}; anything else, or part of a line, is left alone */
    synchronized void heard(String line) {
        String[] words = line.split(" ");
        if (line.startsWith(ProofEvents.ACKNOWLEDGED) && words.length == 4) {
            acknowledged.put(words[2], words[3], words[1]);
        }
    }

    /**
     * Enters an event that a receiver got.
     *
     * @return when it was made, in ns of the monotonic clock; 0 if it is no event of a proof
     * @throws IllegalArgumentException if this is no event
     */
    long arrived(String receiver, byte[] event) {
        try {
            JsonNode read = json.readTree(event);
            JsonNode sent = read.path("data").path(ProofEvents.SENT);
            if (sent.isMissingNode()) {
                return 0;
            }
            arrived(
                    receiver,
                    read.path("source").asText(),
                    read.path("sequence").asText(),
                    read.path("id").asText());
            return sent.asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(receiver + " got something that is no event: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory can be read", e);
        }
    }

    synchronized void arrived(String receiver, String source, String sequence, String id) {
        receivers.computeIfAbsent(receiver, name -> new Arrivals()).add(source, sequence, id);
    }

    synchronized long acknowledged() {
        return acknowledged.count();
    }

    /** What is acknowledged at this moment. */
    synchronized Numbers acknowledgedNow() {
        return acknowledged.copy();
    }

    synchronized long missing(String receiver, Numbers owed) {
        return owed.missingIn(receivers.getOrDefault(receiver, new Arrivals()).numbers);
    }

    synchronized long missing(String receiver) {
        return acknowledged.missingIn(receivers.getOrDefault(receiver, new Arrivals()).numbers);
    }

    /** Begins the account of a receiver anew. */
    synchronized void forget(String receiver) {
        receivers.put(receiver, new Arrivals());
    }

    /**
     * @param wanted receivers to wait for
     * @return whether every acknowledged event has arrived at all of them
     */
    boolean awaitAll(Duration patience, String... wanted) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (Arrays.stream(wanted).allMatch(receiver -> missing(receiver) == 0)) {
                return true;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return false;
    }

    /** Whether something is wrong, so that what lies on the disk has to be looked at. */
    boolean showsTrouble() {
        return !accounts().stream().allMatch(Account::isClean);
    }

    synchronized List<Account> accounts() {
        var accounts = new ArrayList<Account>();
        receivers.forEach((receiver, arrivals) -> accounts.add(new Account(
                receiver,
                acknowledged.count(),
                arrivals.numbers.count(),
                acknowledged.missingIn(arrivals.numbers),
                arrivals.repeats,
                arrivals.strangers,
                arrivals.numbers.gaps(),
                arrivals.inversions)));
        return accounts;
    }

    private static final class Arrivals {
        private final Numbers numbers = new Numbers();
        /** By source; sequences sort as text. */
        private final Map<String, String> latest = new HashMap<>();

        private long repeats;
        private long strangers;
        private long inversions;

        void add(String source, String sequence, String id) {
            long before = numbers.put(source, sequence, id);
            if (before == 0) {
                String last = latest.getOrDefault(source, "");
                if (sequence.compareTo(last) < 0) {
                    inversions++;
                } else {
                    latest.put(source, sequence);
                }
            } else if (before == Numbers.fingerprint(id)) {
                repeats++;
            } else {
                strangers++;
            }
        }
    }
}
