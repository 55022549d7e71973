package io.sightline.engine.detect;

import io.sightline.engine.video.Frame;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.HOGDescriptor;

/**
 * OpenCV's built-in people detector; needs no model file.
 *
 * <p>Source: Dalal and Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005, with the 64x128
 * window and the weights that OpenCV ships. The raw windows are taken and thinned out here, because OpenCV's grouping
 * loses their weights (see {@link HogWindows}), and each box is shrunk to the person, because the window has a margin
 * all round.
 */
final class HogDetector implements Detector {
    static final String LABEL = "person";

    /** A person fills this height of the 128 pixels of a window; smaller ones are not found. */
    static final double PERSON_IN_WINDOW = 96;

    private static final int WINDOW_WIDTH = 64;
    private static final int WINDOW_HEIGHT = 128;

    /** Step between two sizes of the picture's pyramid: 1.1 finds little more and costs twice as much. */
    private static final double PYRAMID_STEP = 1.2;

    /** Step between two windows in pixels; one cell. 16 would miss one person in ten. */
    private static final int STRIDE = 8;

    /** Border round the picture in pixels, so that people at its edge fill a window. */
    private static final int PADDING = 16;

    /** Share of the window that a person takes: what is left is most of the margin the detector was trained with. */
    private static final double BOX_WIDTH = 0.6;

    private static final double BOX_HEIGHT = 0.8;

    private static final int MAX_OBJECTS = 200;

    /** Largest picture after resizing; about 1 GiB of gradients. */
    private static final long MAX_PIXELS = 32_000_000;

    private static final String PARAMETERS = "opencv-people-64x128 step=1.2 stride=8 padding=16 box=0.6x0.8 votes=0.4";

    private final DetectorInfo info;
    private final double resize;
    private final double minWeight;
    private final double leastWeight;
    private final Workspaces<Workspace> workspaces;

    HogDetector(DetectorSpec.Hog spec) throws DetectionException {
        OpenCv.load();
        this.resize = PERSON_IN_WINDOW / spec.smallestPerson();
        this.minWeight = weight(spec.hintConfidence());
        this.leastWeight = Math.min(minWeight, HogWindows.LEAST_WEIGHT);
        this.info = new DetectorInfo(
                spec.id(),
                "opencv-hog",
                Hashes.sha256(PARAMETERS + " person=" + spec.smallestPerson()),
                List.of(LABEL));
        this.workspaces = new Workspaces<>(spec.id(), Workspace::new);
        workspaces.use(workspace -> workspace); // the native part is missing now or never
    }

    /**
     * Confidence from the distance to the separating plane, votes included: the logistic function, 1 / (1 + e^-weight).
     * As in Platt, "Probabilistic Outputs for Support Vector Machines", 1999, without a fit. It orders as the weight
     * does; 0.4, where hits and false alarms balance on street scenes, becomes 0.6.
     */
    static double confidence(double weight) {
        return 1 / (1 + Math.exp(-weight));
    }

    static double weight(double confidence) {
        return Math.log(confidence / (1 - confidence));
    }

    @Override
    public DetectorInfo info() {
        return info;
    }

    @Override
    public List<SeenObject> detect(Frame frame) throws DetectionException {
        return detect(frame, List.of());
    }

    /** Searches only for people whose middle is in or near a region; none given means everywhere. */
    @Override
    public List<SeenObject> detect(Frame frame, List<BoundingBox> regions) throws DetectionException {
        int width = (int) Math.round(frame.width() * resize);
        int height = (int) Math.round(frame.height() * resize);
        if ((long) width * height > MAX_PIXELS) {
            throw new DetectionException("detector '" + info.id() + "': " + frame.width() + "x" + frame.height()
                    + " becomes " + width + "x" + height + ", more than " + MAX_PIXELS
                    + " pixels; set a larger smallest person");
        }
        if (width < WINDOW_WIDTH || height < WINDOW_HEIGHT) {
            return List.of();
        }
        var scale = new Candidates.Scale(
                (double) frame.width() / width, (double) frame.height() / height, frame.width(), frame.height());
        var parts = parts(frame, regions);
        return workspaces.use(workspace -> {
            workspace.search(frame, width, height, parts);
            return workspace.objects(scale);
        });
    }

    /** @return in pixels of the resized picture; empty for all of it */
    private List<BoundingBox> parts(Frame frame, List<BoundingBox> regions) {
        var size = new HogRegionSearch.Extent(frame.width(), frame.height());
        double halfPerson = PERSON_IN_WINDOW / resize / 2;
        return HogRegionSearch.joined(regions, halfPerson, size).stream()
                .map(box -> new BoundingBox(
                        box.x() * resize, box.y() * resize, box.width() * resize, box.height() * resize))
                .toList();
    }

    @Override
    public void close() {
        workspaces.close();
    }

    /** One descriptor and its buffers: OpenCV does not promise that threads may share a descriptor. */
    private final class Workspace implements AutoCloseable {
        private final HOGDescriptor descriptor = new HOGDescriptor();
        private final Mat resized = new Mat();
        private final Size stride = new Size(STRIDE, STRIDE);
        private final Size padding = new Size(PADDING, PADDING);
        private final HogWindows fired = new HogWindows();
        private final Candidates people = new Candidates();
        private final HogRegionSearch parts =
                new HogRegionSearch(descriptor, new HogRegionSearch.Grid(PYRAMID_STEP, STRIDE, PADDING, leastWeight));

        Workspace() {
            try (var weights = HOGDescriptor.getDefaultPeopleDetector();
                    var plane = new Mat(weights)) {
                descriptor.setSVMDetector(plane);
            }
        }

        void search(Frame frame, int width, int height, List<BoundingBox> regions) {
            try (var luma = OpenCv.luma(frame);
                    var size = new Size(width, height)) {
                opencv_imgproc.resize(luma, resized, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            }
            fired.clear();
            if (regions.isEmpty()) {
                searchAll();
            } else {
                parts.search(resized, regions, this::add);
            }
        }

        private void searchAll() {
            try (var windows = new RectVector();
                    var weights = new DoublePointer()) {
                descriptor.detectMultiScale(
                        resized, windows, weights, leastWeight, stride, padding, PYRAMID_STEP, 0, false);
                collect(windows, weights);
            }
        }

        private void collect(RectVector windows, DoublePointer weights) {
            long count = windows.size();
            for (long i = 0; i < count; i++) {
                try (Rect window = windows.get(i)) {
                    add(window, weights.get(i));
                }
            }
        }

        private void add(Rect window, double weight) {
            fired.add(weight, shrunk(window));
        }

        private Candidates.Corners shrunk(Rect window) {
            double marginX = window.width() * (1 - BOX_WIDTH) / 2;
            double marginY = window.height() * (1 - BOX_HEIGHT) / 2;
            return new Candidates.Corners(
                    (float) (window.x() + marginX),
                    (float) (window.y() + marginY),
                    (float) (window.x() + window.width() - marginX),
                    (float) (window.y() + window.height() - marginY));
        }

        List<SeenObject> objects(Candidates.Scale scale) {
            var objects = new ArrayList<SeenObject>();
            people.clear();
            fired.people(minWeight, people);
            for (int i = 0; i < Math.min(MAX_OBJECTS, people.size()); i++) {
                var box = people.box(i, scale);
                if (box.area() > 0) {
                    objects.add(new SeenObject(LABEL, confidence(people.score(i)), box));
                }
            }
            return objects;
        }

        @Override
        public void close() {
            parts.close();
            descriptor.close();
            resized.close();
            stride.close();
            padding.close();
        }
    }
}
