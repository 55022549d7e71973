package io.sightline.engine.motion;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Detector;
import java.util.List;
import java.util.Locale;

/** What is to be done with one frame. */
public sealed interface Verdict {

    /** The reason in words for metrics: lower case, dashes. */
    String word();

    /**
     * The frame goes to the detector.
     *
     * @param why the strongest reason
     * @param moving what moves in this frame, in pixels of it; empty where the reason is another
     * @param regions where to look, in pixels of the frame: what moves or has moved a moment ago, and what is being
     *     followed; empty for all of the frame
     */
    record Look(Why why, List<BoundingBox> moving, List<BoundingBox> regions) implements Verdict {
        public Look {
            moving = List.copyOf(moving);
            regions = List.copyOf(regions);
        }

        /** The same, but all of the frame is looked at. */
        public Look whole() {
            return new Look(why, moving, List.of());
        }

        /** Where this detector is to look: at the regions, or at what moves if that is what it tells of. */
        public List<BoundingBox> regionsFor(Detector detector) {
            return detector.needsMotion() ? moving : regions;
        }

        @Override
        public String word() {
            return why.word();
        }
    }

    /** No inference: nothing to be seen that was not seen before. */
    record Skip(WhyNot why) implements Verdict {
        @Override
        public String word() {
            return why.word();
        }
    }

    /** Why a frame is looked at. */
    enum Why {
        /** The gate is switched off. */
        UNGATED,
        /** The first frame, or the first of another size. */
        FIRST,
        /** The light was switched, the camera went to infrared, or the picture changes as a whole and does not rest. */
        LIGHT,
        /** Something moves. */
        MOTION,
        /** Something is being followed, certain or not, moving or not. */
        TRACK,
        /** Something moved a moment ago. */
        AFTER_MOTION,
        /** It is time: the last look at the whole picture is too long ago. */
        FORCED;

        /** Lower case, dashes. */
        public String word() {
            return words(this);
        }
    }

    /** Why a frame is passed over. */
    enum WhyNot {
        /** Nothing moves. */
        STILL,
        /** Only specks change: rain, noise. */
        SPECKS,
        /** The camera trembles, and nothing else moves. */
        SHAKEN;

        /** Lower case, dashes. */
        public String word() {
            return words(this);
        }
    }

    private static String words(Enum<?> why) {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
