package io.sightline.engine.detect;

import io.sightline.engine.model.Decoders;
import java.util.List;

/** Makes detectors from what the configuration asks for. */
public final class Detectors {
    private Detectors() {}

    /**
     * Opens a detector; the caller closes it. Loading a model takes up to seconds.
     *
     * @throws DetectionException if the model is missing, is not ONNX or does not fit its decoder or labels; nothing is
     *     left open then
     */
    public static Detector open(DetectorSpec spec) throws DetectionException {
        if (spec instanceof DetectorSpec.Hog hog) {
            return new HogDetector(hog);
        }
        if (spec instanceof DetectorSpec.Caffe caffe) {
            return CaffeDetector.open(caffe);
        }
        if (spec instanceof DetectorSpec.Motion motion) {
            return new MotionDetector(motion);
        }
        return OnnxDetector.open((DetectorSpec.Onnx) spec);
    }

    /** Names of the decoders that an ONNX detector may have. */
    public static List<String> decoders() {
        return Decoders.names();
    }

    /** Names of the lists of labels that need no file. */
    public static List<String> labelLists() {
        return Labels.NAMED;
    }

    /** What a detector without a model says that it sees. @param motion of whatever moves, otherwise of people */
    public static List<String> labelsWithoutModel(boolean motion) {
        return List.of(motion ? MotionDetector.LABEL : HogDetector.LABEL);
    }

    /**
     * The labels of a list, as far as that is known without a model.
     *
     * @param source one of {@link #labelLists()}, or a file with one label a line
     * @return empty where the model names them, or the file cannot be read
     */
    public static List<String> labels(String source) {
        try {
            return List.of(Labels.AUTO, Labels.MODEL).contains(source)
                    ? List.of()
                    : Labels.read("labels", source).things();
        } catch (DetectionException e) {
            return List.of(); // told when the detector is opened
        }
    }
}
