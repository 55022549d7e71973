package io.sightline.hub.settings;

import java.time.Duration;

/**
 * How long detections and snapshots are kept; whichever limit comes first (live).
 *
 * @param age 30 days unless configured
 * @param size bytes of all snapshots, 10 GiB unless configured
 * @param freeSpace percent of the disk to keep free, 10 unless configured
 * @param counts age of the history of counts, 400 days unless configured
 * @param clips how long clips are kept
 */
public record RetentionSettings(
        @Setting(value = "What is older is removed.", standard = "30d", min = 60, max = 315_360_000)
        Duration age,

        @Setting(
                value = "Room for snapshots; the oldest make way.",
                standard = "10GiB",
                unit = Setting.Unit.BYTES,
                min = 1 << 20,
                max = 1L << 50)
        long size,

        @Setting(
                value = "Part of the disk that is kept free; snapshots make way, events never.",
                standard = "10%",
                unit = Setting.Unit.PERCENT,
                max = 90)
        int freeSpace,

        @Setting(
                value = "The history of counts that is older is removed.",
                standard = "400d",
                min = 86_400,
                max = 315_360_000)
        Duration counts,

        @Setting("Clips, which make way before snapshots do.")
        Clips clips) {

    /**
     * How long clips are kept; the free space of the disk counts for them too.
     *
     * @param age 30 days unless configured
     * @param size bytes of all clips, 10 GiB unless configured
     * @param links how long signed links in events are good, a day unless configured; zero: events have none
     */
    public record Clips(
            @Setting(value = "What is older is removed.", standard = "30d", min = 60, max = 315_360_000)
            Duration age,

            @Setting(
                    value = "Room for clips; the oldest make way.",
                    standard = "10GiB",
                    unit = Setting.Unit.BYTES,
                    min = 1 << 20,
                    max = 1L << 50)
            long size,

            @Setting(
                    value = "How long the link without a login in an event is good; `0s`: events have none.",
                    standard = "24h",
                    max = 2_592_000)
            Duration links) {}
}
