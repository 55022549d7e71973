package io.sightline.engine.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.PointVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.HOGDescriptor;

/**
 * Searches parts of a picture as {@code HOGDescriptor.detectMultiScale} searches all of it: the same pyramid, the same
 * grid of windows and the same weights, but only windows whose middle lies in a region. Each level of the pyramid is
 * cut where the windows of a region end; OpenCV takes the gradients at a cut from the pixels beyond it. One thread at a
 * time.
 *
 * <p>Source: the search of Dalal and Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005, as
 * OpenCV has it in modules/objdetect/src/hog.cpp; that it is kept to regions is our own.
 */
final class HogRegionSearch implements AutoCloseable {
    /** Where regions cover more than this of the picture, searching all of it is cheaper. */
    private static final double MOST_COVERED = 0.5;

    /** Part of a person may be all that moves: a region grows by this share of itself. */
    private static final double GROWTH = 0.25;

    private static final int MOST_LEVELS = 64;

    private final HOGDescriptor descriptor;
    private final Grid grid;
    private final Mat level = new Mat();

    /**
     * How the picture is searched.
     *
     * @param pyramidStep ratio of two levels, above 1
     * @param stride between two windows in pixels, a multiple of the descriptor's cell
     * @param padding round the picture in pixels, a multiple of the stride
     * @param minWeight windows below are not told
     */
    record Grid(double pyramidStep, int stride, int padding, double minWeight) {}

    /** The descriptor stays the caller's. */
    HogRegionSearch(HOGDescriptor descriptor, Grid grid) {
        this.descriptor = descriptor;
        this.grid = grid;
    }

    /** A picture's size in pixels. */
    record Extent(int width, int height) {}

    /**
     * The regions grown, joined where they touch, and cut to the picture.
     *
     * @param margin pixels that a region grows at least, on each side
     * @return empty if searching all of the picture is cheaper
     */
    static List<BoundingBox> joined(List<BoundingBox> regions, double margin, Extent picture) {
        var joined = new ArrayList<BoundingBox>();
        for (BoundingBox region : regions) {
            double by = Math.max(margin, GROWTH * Math.max(region.width(), region.height()));
            var grown = cut(region, by, picture);
            for (int i = joined.size() - 1; i >= 0; i--) {
                if (grown.overlap(joined.get(i)) > 0) {
                    grown = union(grown, joined.remove(i));
                    i = joined.size(); // the larger one may touch others
                }
            }
            joined.add(grown);
        }
        double covered = joined.stream().mapToDouble(BoundingBox::area).sum();
        return covered > MOST_COVERED * picture.width() * picture.height() ? List.of() : joined;
    }

    private static BoundingBox cut(BoundingBox region, double by, Extent picture) {
        double left = Math.max(0, region.x() - by);
        double top = Math.max(0, region.y() - by);
        double right = Math.min(picture.width(), region.right() + by);
        double bottom = Math.min(picture.height(), region.bottom() + by);
        return new BoundingBox(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }

    private static BoundingBox union(BoundingBox a, BoundingBox b) {
        double left = Math.min(a.x(), b.x());
        double top = Math.min(a.y(), b.y());
        return new BoundingBox(
                left, top, Math.max(a.right(), b.right()) - left, Math.max(a.bottom(), b.bottom()) - top);
    }

    /**
     * Searches the regions.
     *
     * @param regions in pixels of the picture
     * @param hits told of each window in pixels of the picture, with its weight; must not keep it
     */
    void search(Mat picture, List<BoundingBox> regions, ObjDoubleConsumer<Rect> hits) {
        var extent = new Extent(picture.cols(), picture.rows());
        double scale = 1;
        for (int i = 0; i < MOST_LEVELS; i++) {
            int width = (int) Math.rint(picture.cols() / scale);
            int height = (int) Math.rint(picture.rows() / scale);
            if (i > 0 && (width < window(true) || height < window(false))) {
                return;
            }
            try (var size = new Size(width, height)) {
                opencv_imgproc.resize(picture, level, size, 0, 0, opencv_imgproc.INTER_LINEAR_EXACT);
            }
            var pass = new Pass(scale, extent, hits);
            for (BoundingBox region : regions) {
                searchLevel(region, pass);
            }
            scale *= grid.pyramidStep();
        }
    }

    /** One level of the pyramid. */
    private record Pass(double scale, Extent picture, ObjDoubleConsumer<Rect> hits) {}

    private int window(boolean across) {
        try (Size size = descriptor.winSize()) {
            return across ? size.width() : size.height();
        }
    }

    /** Windows along one side whose middle lies in a region: the top left corners from the first to the last. */
    private record Span(int first, int last) {
        boolean isEmpty() {
            return last < first;
        }
    }

    private Span span(double from, double to, int window, int length) {
        int lastOfAll = (length + 2 * grid.padding() - window) / grid.stride() * grid.stride() - grid.padding();
        int first = (int) Math.ceil((from - window / 2.0) / grid.stride()) * grid.stride();
        int last = (int) Math.floor((to - window / 2.0) / grid.stride()) * grid.stride();
        return new Span(Math.max(-grid.padding(), first), Math.min(lastOfAll, last));
    }

    private void searchLevel(BoundingBox region, Pass pass) {
        double scale = pass.scale();
        int windowWidth = window(true);
        int windowHeight = window(false);
        Span across = span(region.x() / scale, region.right() / scale, windowWidth, level.cols());
        Span down = span(region.y() / scale, region.bottom() / scale, windowHeight, level.rows());
        if (across.isEmpty() || down.isEmpty()) {
            return;
        }
        int left = across.first() + grid.padding();
        int top = down.first() + grid.padding();
        int right = Math.min(level.cols(), across.last() + windowWidth - grid.padding());
        int bottom = Math.min(level.rows(), down.last() + windowHeight - grid.padding());
        try (var place = new Rect(left, top, right - left, bottom - top);
                var part = new Mat(level, place);
                var found = new PointVector();
                var anywhere = new PointVector();
                var weights = new DoublePointer();
                var stride = new Size(grid.stride(), grid.stride());
                var padding = new Size(grid.padding(), grid.padding())) {
            descriptor.detect(part, found, weights, grid.minWeight(), stride, padding, anywhere);
            for (long i = 0; i < found.size(); i++) {
                try (Point corner = found.get(i);
                        Rect window = scaled(corner.x() + left, corner.y() + top, pass)) {
                    pass.hits().accept(window, weights.get(i));
                }
            }
        }
    }

    /** A window in pixels of the picture, cut to it as the search of all of it does. */
    private Rect scaled(int x, int y, Pass pass) {
        int left = (int) Math.rint(x * pass.scale());
        int top = (int) Math.rint(y * pass.scale());
        int right = Math.min(pass.picture().width(), left + (int) Math.rint(window(true) * pass.scale()));
        int bottom = Math.min(pass.picture().height(), top + (int) Math.rint(window(false) * pass.scale()));
        left = Math.max(0, left);
        top = Math.max(0, top);
        return new Rect(left, top, right - left, bottom - top);
    }

    @Override
    public void close() {
        level.close();
    }
}
