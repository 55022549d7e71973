package io.sightline.engine.detect;

import io.sightline.engine.model.Proposals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a detector proposes for one frame, before overlapping proposals are thinned out. Boxes in pixels of the
 * detector's input. Used by one thread, cleared and used again for the next frame, so that a frame makes no garbage.
 *
 * <p>Source: the greedy suppression of Felzenszwalb et al., "Object Detection with Discriminatively Trained Part-Based
 * Models", PAMI 2010, section 7.2; overlap as intersection over union from Everingham et al., "The PASCAL Visual
 * Object Classes (VOC) Challenge", IJCV 2010.
 */
final class Candidates implements Proposals {
    private static final int FIRST_CAPACITY = 64;

    private float[] left = new float[FIRST_CAPACITY];
    private float[] top = new float[FIRST_CAPACITY];
    private float[] right = new float[FIRST_CAPACITY];
    private float[] bottom = new float[FIRST_CAPACITY];
    private float[] score = new float[FIRST_CAPACITY];
    private int[] label = new int[FIRST_CAPACITY];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Adds a proposal; one that is no rectangle (a number that is not finite, or no area) is left out. */
    @Override
    public void add(float score, int label, Corners box) {
        float sum = box.left() + box.top() + box.right() + box.bottom() + score;
        if (!Float.isFinite(sum) || box.right() <= box.left() || box.bottom() <= box.top()) {
            return;
        }
        if (size == this.score.length) {
            grow();
        }
        this.left[size] = box.left();
        this.top[size] = box.top();
        this.right[size] = box.right();
        this.bottom[size] = box.bottom();
        this.score[size] = score;
        this.label[size] = label;
        size++;
    }

    /**
     * Greedy non-maximum suppression over all labels together: the best proposal stays, what overlaps it by more than
     * the limit goes, and so on. One object is told once, also where two labels compete for it.
     *
     * @param maxOverlap intersection over union, 0 to 1
     * @param limit most proposals to keep
     * @return indices of what stays, best first
     */
    List<Integer> suppress(double maxOverlap, int limit) {
        var kept = new ArrayList<Integer>();
        for (int candidate : byScore()) {
            if (kept.size() == limit) {
                break;
            }
            if (!isCovered(candidate, kept, maxOverlap)) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    private boolean isCovered(int candidate, List<Integer> kept, double maxOverlap) {
        for (int better : kept) {
            if (overlap(better, candidate) > maxOverlap) {
                return true;
            }
        }
        return false;
    }

    Corners corners(int index) {
        return new Corners(left[index], top[index], right[index], bottom[index]);
    }

    float score(int index) {
        return score[index];
    }

    int label(int index) {
        return label[index];
    }

    /**
     * The box in the original picture: scaled by the two factors, then cut to the picture.
     *
     * @param toOriginal factors from the detector's input to the picture, and the picture's size
     */
    BoundingBox box(int index, Scale toOriginal) {
        double x1 = clamp((left[index] - toOriginal.left) * toOriginal.x, toOriginal.width);
        double y1 = clamp((top[index] - toOriginal.top) * toOriginal.y, toOriginal.height);
        double x2 = clamp((right[index] - toOriginal.left) * toOriginal.x, toOriginal.width);
        double y2 = clamp((bottom[index] - toOriginal.top) * toOriginal.y, toOriginal.height);
        return new BoundingBox(x1, y1, x2 - x1, y2 - y1);
    }

    /**
     * The way from the detector's input to the original picture.
     *
     * @param x factor after {@code left} is taken off
     * @param y factor after {@code top} is taken off
     * @param width of the original picture in pixels
     * @param height of the original picture in pixels
     * @param left pixels of the input beside the picture
     * @param top pixels of the input above the picture
     */
    record Scale(double x, double y, int width, int height, int left, int top) {
        /** A picture that begins in the corner. */
        Scale(double x, double y, int width, int height) {
            this(x, y, width, height, 0, 0);
        }
    }

    /** What stays after the suppression, best first, as objects in the original picture. */
    List<SeenObject> objects(double maxOverlap, int limit, List<String> labels, Scale toOriginal) {
        var objects = new ArrayList<SeenObject>();
        for (int i : suppress(maxOverlap, limit)) {
            var box = box(i, toOriginal);
            if (box.area() > 0) {
                objects.add(new SeenObject(labels.get(label[i]), score[i], box));
            }
        }
        return objects;
    }

    private int[] byScore() {
        return descending(size, index -> score[index]);
    }

    /** A number for each index. */
    interface Score {
        float of(int index);
    }

    /** @return indices from 0 to the count, highest score first; equal ones in their order */
    static int[] descending(int count, Score score) {
        // score in the upper half, index in the lower: one primitive sort, and equal scores keep their order
        var keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = ((long) -orderOf(score.of(i)) << 32) | i;
        }
        Arrays.sort(keys);
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /** An integer that orders as the float does. */
    private static int orderOf(float value) {
        int bits = Float.floatToIntBits(value);
        return bits >= 0 ? bits : Integer.MIN_VALUE + 1 - bits;
    }

    /** Intersection over union of two proposals, 0 to 1. */
    double overlap(int a, int b) {
        double shared = shared(a, b);
        return shared == 0 ? 0 : shared / (area(a) + area(b) - shared);
    }

    /** How far the smaller one of two proposals is within the other, 0 to 1. */
    double inside(int a, int b) {
        return shared(a, b) / Math.min(area(a), area(b));
    }

    private double shared(int a, int b) {
        double width = Math.min(right[a], right[b]) - Math.max(left[a], left[b]);
        double height = Math.min(bottom[a], bottom[b]) - Math.max(top[a], top[b]);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }

    private double area(int index) {
        return ((double) right[index] - left[index]) * ((double) bottom[index] - top[index]);
    }

    private static double clamp(double value, double max) {
        return Math.max(0, Math.min(max, value));
    }

    private void grow() {
        int capacity = 2 * size;
        left = Arrays.copyOf(left, capacity);
        top = Arrays.copyOf(top, capacity);
        right = Arrays.copyOf(right, capacity);
        bottom = Arrays.copyOf(bottom, capacity);
        score = Arrays.copyOf(score, capacity);
        label = Arrays.copyOf(label, capacity);
    }
}
