package io.sightline.engine.evaluate;

import io.sightline.engine.detect.BoundingBox;
import java.util.List;

/** Reads one line of ground truth. */
final class TruthLine {
    private static final String FORM = "frame,id,x,y,width,height[,flag,class,visibility]";
    private static final int LEAST = 6;
    private static final int MOST = 10;
    private static final int FLAG = 6;
    private static final int CLASS = 7;
    private static final int SHOWN = 40;

    private final String[] columns;

    private TruthLine(String line) {
        columns = line.split(",", -1);
        if (columns.length < LEAST || columns.length > MOST) {
            throw new IllegalArgumentException("got " + columns.length + (columns.length == 1 ? " column" : " columns")
                    + " in '" + shortened(line) + "', needed are " + LEAST + " to " + MOST + ": " + FORM);
        }
    }

    /**
     * @param labels names of the classes from number 1 on; empty where classes mean nothing
     * @throws IllegalArgumentException if the line is not of the form, with what is wrong
     */
    static Row parse(String line, List<String> labels) {
        var parts = new TruthLine(line);
        int frame = parts.whole(0, "frame");
        if (frame < 1) {
            throw new IllegalArgumentException("frame: got " + frame + ", frames count from 1");
        }
        int id = parts.whole(1, "id");
        var box = new BoundingBox(
                parts.number(2, "x"), parts.number(3, "y"), parts.size(4, "width"), parts.size(5, "height"));
        double flag = parts.columns.length > FLAG ? parts.number(FLAG, "flag") : 1;
        return new Row(frame, id, box, flag, parts.label(labels));
    }

    private String label(List<String> labels) {
        if (labels.isEmpty() || columns.length <= CLASS) {
            return "";
        }
        int number = whole(CLASS, "class");
        if (number < 1 || number > labels.size()) {
            throw new IllegalArgumentException(
                    "class: got " + number + ", labels.txt beside it names 1 to " + labels.size());
        }
        return labels.get(number - 1).strip();
    }

    private double size(int column, String name) {
        double size = number(column, name);
        if (size <= 0) {
            throw new IllegalArgumentException(name + ": got " + columns[column].strip() + ", must be more than 0");
        }
        return size;
    }

    private int whole(int column, String name) {
        double number = number(column, name);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + ": got " + columns[column].strip() + ", must be a whole number below 2147483648");
        }
        return (int) number;
    }

    private double number(int column, String name) {
        String text = columns[column].strip();
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException expected) {
            // told below
        }
        throw new IllegalArgumentException(name + ": got '" + shortened(text) + "', must be a number");
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
