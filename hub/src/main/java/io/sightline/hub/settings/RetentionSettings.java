package io.sightline.hub.settings;

import java.time.Duration;

/**
 * How long detections and snapshots are kept; whichever limit comes first (live).
 *
 * @param age 30 days unless configured
 * @param size bytes of all snapshots, 10 GiB unless configured
 * @param freeSpace percent of the disk to keep free, 10 unless configured
 */
public record RetentionSettings(Duration age, long size, int freeSpace) {}
