package io.sightline.hub.counts;

import java.time.Instant;

/**
 * One bucket of the history of one series.
 *
 * @param start of the hour, or of the local day
 * @param peak most who were there at once; of a line 0
 * @param average how many were there, on average over the part of the bucket that is past; of a line 0
 */
public record CountPeriod(Instant start, CountSeries series, long in, long out, int peak, double average) {}
