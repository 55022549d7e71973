package io.sightline.processors;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something worth telling, before it is wrapped and numbered. Immutable but for what {@code data} holds.
 *
 * @param kind which family of addresses it goes to
 * @param key the camera, rule, signal or integration that it is about; becomes subject, partition key, and the end of
 *     the address
 * @param type CloudEvents type, for example {@code io.sightline.detection.started}
 * @param time when it happened, by capture time where there is one
 * @param data the payload, snake case, JSON values only
 * @param correlationId what ties it to others, for example the detection's id; null where nothing does
 */
public record Event(
        Kind kind,
        String key,
        String type,
        Instant time,
        Map<String, Object> data,
        @Nullable String correlationId) {

    /** Families of events. */
    public enum Kind {
        DETECTION("detections", "cameras", ""),
        SCENE("scene", "cameras", "/scene"),
        ALERT("alerts", "rules", ""),
        SIGNAL("signals", "signals", ""),
        SYSTEM("system", "integrations", "");

        private final String word;
        private final String sourceFolder;
        private final String sourceEnd;

        Kind(String word, String sourceFolder, String sourceEnd) {
            this.word = word;
            this.sourceFolder = sourceFolder;
            this.sourceEnd = sourceEnd;
        }

        /** The word in addresses and Kafka topics. */
        public String word() {
            return word;
        }

        /** Multicast address on the spine, for example {@code sightline.detections.gate}. */
        public String address(String key) {
            return "sightline." + word + "." + key;
        }

        /**
         * CloudEvents source, for example {@code /hubs/site-7/cameras/gate}. Scene events have a source of their own,
         * so that a subscriber to one kind sees each sequence whole.
         */
        public String source(String hubId, String key) {
            return "/hubs/" + hubId + "/" + sourceFolder + "/" + key + sourceEnd;
        }
    }

    public String address() {
        return kind.address(key);
    }
}
