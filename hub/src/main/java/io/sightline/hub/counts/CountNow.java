package io.sightline.hub.counts;

import java.time.Instant;
import java.util.Optional;

/**
 * How a series stands.
 *
 * @param current how many are there now; of a line the balance, in less out since the reset and never less than 0
 * @param in since the reset
 * @param out since the reset
 * @param reset empty where there was none
 */
public record CountNow(CountSeries series, long current, long in, long out, Optional<Instant> reset) {}
