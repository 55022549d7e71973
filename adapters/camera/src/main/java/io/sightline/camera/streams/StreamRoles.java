package io.sightline.camera.streams;

import java.util.Optional;

/**
 * Which streams a camera has beside its main one, and where snapshots are from.
 *
 * @param detect address of the stream that is looked at; the main one where it is missing
 * @param record address of the stream that clips and live video are made of; where it is missing, the one that snapshots
 *     are taken from
 * @param snapshot the stream that snapshots are taken from
 */
public record StreamRoles(Optional<String> detect, Optional<String> record, Snapshot snapshot) {
    /** The main stream for everything. */
    public static final StreamRoles MAIN_ONLY = new StreamRoles(Optional.empty(), Optional.empty(), Snapshot.AUTO);

    /** The stream that snapshots are taken from. */
    public enum Snapshot {
        /** The main one, unless something is covered in the camera's pictures. */
        AUTO,
        MAIN,
        /** The one that is looked at. */
        DETECT
    }

    /** The stream that is looked at. */
    public String lookedAt(String main) {
        return detect.orElse(main);
    }

    /**
     * The stream that snapshots are taken from, where it is not the one that is looked at. What is covered in a frame
     * would not be in the picture of another stream.
     *
     * @param covers whether anything is made unrecognisable in the camera's pictures
     */
    public Optional<String> shot(String main, boolean covers) {
        boolean fromMain = snapshot == Snapshot.MAIN || snapshot == Snapshot.AUTO && !covers;
        return Optional.of(main).filter(address -> fromMain && !address.equals(lookedAt(main)));
    }

    /**
     * The stream that clips and live video are made of, where it is not the one that is looked at. What is covered in a
     * frame would be seen in both, so that nothing is read for them then.
     *
     * @param covers whether anything is made unrecognisable in the camera's pictures
     */
    public Optional<String> recorded(String main, boolean covers) {
        return record.or(() -> shot(main, covers)).filter(address -> !covers && !address.equals(lookedAt(main)));
    }

    @Override
    public String toString() {
        return "StreamRoles[snapshot=" + snapshot + "]";
    }
}
