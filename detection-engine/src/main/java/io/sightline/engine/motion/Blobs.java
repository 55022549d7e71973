package io.sightline.engine.motion;

import io.sightline.engine.detect.BoundingBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins neighbouring cells in which something is not as usual, and takes those blobs of which a part moves: the middle
 * of a large object looks the same for a while. A small blob counts only where something moved in the frame before as
 * well: an object stays about where it is, a drop of rain does not.
 *
 * <p>Sources: connected components from Rosenfeld and Pfaltz, "Sequential Operations in Digital Picture Processing",
 * Journal of the ACM 1966; that the surer part carries what it touches as in Canny, "A Computational Approach to Edge
 * Detection", PAMI 1986. That a small blob has to be seen twice is our own.
 */
final class Blobs {
    /** So many times the smallest area counts at once. */
    private static final int SURE = 4;

    /** More is a disturbed picture; the largest are kept. */
    private static final int MOST = 40;

    private final Cells cells;
    private final SmallPicture size;
    private final int leastPixels;
    private final boolean[] inRegion;
    private final boolean[] visited;
    private final int[] stack;
    private boolean[] before;
    private boolean[] current;
    private boolean specks;

    private record Blob(int pixels, BoundingBox box) {}

    Blobs(Cells cells, SmallPicture size, Sensitivity sensitivity) {
        this.cells = cells;
        this.size = size;
        this.leastPixels = sensitivity.pixels();
        this.inRegion = new boolean[cells.count()];
        this.visited = new boolean[cells.count()];
        this.stack = new int[cells.count()];
        this.before = new boolean[cells.count()];
        this.current = new boolean[cells.count()];
    }

    /** @return boxes of what moves, in pixels of the frame, the largest first */
    List<BoundingBox> find() {
        Arrays.fill(inRegion, false);
        Arrays.fill(visited, false);
        specks = false;
        List<Blob> found = new ArrayList<>();
        for (int cell = 0; cell < visited.length; cell++) {
            current[cell] = cells.moving[cell] > 0;
            if (cells.changed[cell] > 0 && !visited[cell]) {
                collect(cell, found);
            }
        }
        boolean[] old = before;
        before = current;
        current = old;
        found.sort((a, b) -> Integer.compare(b.pixels(), a.pixels()));
        return found.stream().limit(MOST).map(Blob::box).toList();
    }

    /** Cells of what {@link #find} found; belongs to this object. */
    boolean[] inRegion() {
        return inRegion;
    }

    /** Whether {@link #find} passed over something that is too small. */
    boolean specks() {
        return specks;
    }

    /** The next picture cannot be compared with this one. */
    void forget() {
        Arrays.fill(before, false);
        Arrays.fill(inRegion, false);
    }

    private void collect(int start, List<Blob> found) {
        int count = fill(start);
        int pixels = 0;
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = 0;
        int bottom = 0;
        boolean known = false;
        for (int i = 0; i < count; i++) {
            int cell = stack[i];
            pixels += cells.moving[cell];
            left = Math.min(left, cells.left[cell]);
            right = Math.max(right, cells.right[cell]);
            top = Math.min(top, cells.top[cell]);
            bottom = Math.max(bottom, cells.bottom[cell]);
            known |= movedBefore(cell);
        }
        if (pixels < leastPixels || !known && pixels < SURE * leastPixels) {
            specks |= pixels > 0;
            return;
        }
        for (int i = 0; i < count; i++) {
            inRegion[stack[i]] = true;
        }
        found.add(new Blob(pixels, box(left, top, right + 1 - left, bottom + 1 - top)));
    }

    private BoundingBox box(int x, int y, int width, int height) {
        double scaleX = size.scaleX();
        double scaleY = size.scaleY();
        return new BoundingBox(x * scaleX, y * scaleY, width * scaleX, height * scaleY);
    }

    /** Puts all cells of a blob into the stack. @return how many */
    private int fill(int start) {
        int count = 1;
        stack[0] = start;
        visited[start] = true;
        for (int next = 0; next < count; next++) {
            int column = stack[next] % cells.columns;
            int row = stack[next] / cells.columns;
            for (int y = Math.max(0, row - 1); y <= Math.min(cells.rows - 1, row + 1); y++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(cells.columns - 1, column + 1); x++) {
                    int cell = y * cells.columns + x;
                    if (cells.changed[cell] > 0 && !visited[cell]) {
                        visited[cell] = true;
                        stack[count++] = cell;
                    }
                }
            }
        }
        return count;
    }

    private boolean movedBefore(int cell) {
        int column = cell % cells.columns;
        int row = cell / cells.columns;
        for (int y = Math.max(0, row - 1); y <= Math.min(cells.rows - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(cells.columns - 1, column + 1); x++) {
                if (before[y * cells.columns + x]) {
                    return true;
                }
            }
        }
        return false;
    }
}
