package io.sightline.hub.spine.accounts;

import java.util.Map;
import java.util.Set;

/**
 * What a sink had been given at a moment, from which on the publisher's numbers are counted. The newest one counts.
 *
 * @param start of the hub in which it was made
 * @param turn from 1 in each start
 * @param kinds that flow to the sink from then on
 * @param accepted events until then
 * @param bases last number of each source then; none where 0
 */
record Statement(long start, long turn, Set<String> kinds, long accepted, Map<String, Long> bases) {
    static Statement later(Statement a, Statement b) {
        return a.start != b.start ? (a.start > b.start ? a : b) : a.turn >= b.turn ? a : b;
    }

    boolean takes(String source) {
        return kinds.contains(source.substring(0, source.indexOf('.')));
    }

    long base(String source, long inStart) {
        return inStart == start ? bases.getOrDefault(source, 0L) : 0;
    }
}
