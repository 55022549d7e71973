package io.sightline.engine.video;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The street of the demo scene without its people: pale and of low contrast, so that only people look like people. */
final class DemoStreet {
    private static final Color[] WALLS = {
        new Color(226, 216, 204),
        new Color(214, 220, 222),
        new Color(232, 222, 200),
        new Color(220, 210, 212),
        new Color(216, 222, 208)
    };
    private static final int PAVEMENT_TOP = 208;
    private static final int ROAD_TOP = 274;
    private static final int ROAD_BOTTOM = 374;
    private static final int WIDTH = DemoScene.WIDTH;

    private final Graphics2D canvas;

    private DemoStreet(Graphics2D canvas) {
        this.canvas = canvas;
    }

    static void draw(Graphics2D canvas) {
        new DemoStreet(canvas).draw();
    }

    private void draw() {
        fade(0, 70, new Color(204, 220, 236), new Color(232, 238, 240));
        int left = 0;
        int[] widths = {138, 116, 152, 124, 110};
        int[] roofs = {40, 58, 30, 52, 44};
        for (int i = 0; i < widths.length; i++) {
            house(left, widths[i], roofs[i], WALLS[i]);
            left += widths[i];
        }
        fade(PAVEMENT_TOP, ROAD_TOP, new Color(206, 204, 200), new Color(196, 194, 190));
        fade(ROAD_TOP, ROAD_BOTTOM, new Color(158, 160, 164), new Color(146, 148, 152));
        fade(ROAD_BOTTOM, DemoScene.HEIGHT, new Color(200, 198, 192), new Color(188, 186, 180));
        slabs(PAVEMENT_TOP, ROAD_TOP, 52);
        slabs(ROAD_BOTTOM, DemoScene.HEIGHT, 84);
        kerb(ROAD_TOP, 4);
        kerb(ROAD_BOTTOM, 6);
        zebra();
    }

    private void fade(int top, int bottom, Color above, Color below) {
        canvas.setPaint(new GradientPaint(0, top, above, 0, bottom, below));
        canvas.fill(new Rectangle2D.Double(0, top, WIDTH, bottom - top));
    }

    private void house(int left, int width, int roof, Color wall) {
        canvas.setColor(new Color(196, 178, 168));
        var gable = new Path2D.Double();
        gable.moveTo(left, roof);
        gable.lineTo(left + 14, roof - 22);
        gable.lineTo(left + width - 14, roof - 22);
        gable.lineTo(left + width, roof);
        gable.closePath();
        canvas.fill(gable);
        canvas.setPaint(new GradientPaint(0, roof, wall, 0, PAVEMENT_TOP, shade(wall, -10)));
        canvas.fill(new Rectangle2D.Double(left, roof, width, PAVEMENT_TOP - roof));
        canvas.setColor(shade(wall, -22));
        canvas.fill(new Rectangle2D.Double(left, roof, 1.5, PAVEMENT_TOP - roof));
        canvas.fill(new Rectangle2D.Double(left, PAVEMENT_TOP - 10, width, 10));
        int columns = width / 40;
        double gap = width / (double) columns;
        for (int column = 0; column < columns; column++) {
            double x = left + gap * (column + 0.5) - 12;
            window(x, roof + 18, wall);
            window(x, roof + 66, wall);
        }
        shopFront(left, width, wall);
    }

    private void window(double x, double y, Color wall) {
        canvas.setColor(shade(wall, 14));
        canvas.fill(new Rectangle2D.Double(x - 2, y - 2, 28, 32));
        canvas.setPaint(new GradientPaint(
                (float) x, (float) y, shade(wall, -24), (float) x + 24, (float) y + 28, shade(wall, -12)));
        canvas.fill(new Rectangle2D.Double(x, y, 24, 28));
        canvas.setColor(shade(wall, 12));
        canvas.fill(new Rectangle2D.Double(x + 11, y, 2, 28));
        canvas.fill(new Rectangle2D.Double(x, y + 13, 24, 2));
    }

    private void shopFront(int left, int width, Color wall) {
        double top = PAVEMENT_TOP - 52.0;
        canvas.setColor(shade(wall, -14));
        canvas.fill(new Rectangle2D.Double(left + 10, top - 10, width - 20.0, 8));
        canvas.setPaint(new GradientPaint(0, (float) top, shade(wall, -18), 0, PAVEMENT_TOP, shade(wall, -8)));
        canvas.fill(new Rectangle2D.Double(left + 12, top, width - 24.0, 40));
        canvas.setColor(new Color(182, 200, 176, 110));
        canvas.fill(new Ellipse2D.Double(left + width - 34.0, PAVEMENT_TOP - 22, 24, 22));
    }

    private void slabs(int top, int bottom, int width) {
        canvas.setColor(new Color(168, 166, 162, 90));
        for (int x = -WIDTH; x < 2 * WIDTH; x += width) {
            var joint = new Path2D.Double();
            double lean = (x - WIDTH / 2.0) * 0.12;
            joint.moveTo(x, top);
            joint.lineTo(x + 1, top);
            joint.lineTo(x + 1 + lean, bottom);
            joint.lineTo(x + lean, bottom);
            joint.closePath();
            canvas.fill(joint);
        }
        for (int i = 1; i < 3; i++) {
            canvas.fill(new Rectangle2D.Double(0, top + (bottom - top) * i / 3.0, WIDTH, 1));
        }
    }

    private void kerb(int y, int height) {
        canvas.setColor(new Color(214, 212, 208));
        canvas.fill(new Rectangle2D.Double(0, y - height, WIDTH, height));
        canvas.setColor(new Color(130, 132, 136, 120));
        canvas.fill(new Rectangle2D.Double(0, y, WIDTH, 2));
    }

    private void zebra() {
        canvas.setColor(new Color(206, 206, 202));
        double middle = DemoScene.ZEBRA_MIDDLE;
        int stripes = 5;
        for (int i = 0; i < stripes; i++) {
            double from = ROAD_TOP + 8 + i * (ROAD_BOTTOM - ROAD_TOP - 12.0) / stripes;
            double to = from + 10;
            var stripe = new Path2D.Double();
            stripe.moveTo(middle - zebraHalf(from), from);
            stripe.lineTo(middle + zebraHalf(from), from);
            stripe.lineTo(middle + zebraHalf(to), to);
            stripe.lineTo(middle - zebraHalf(to), to);
            stripe.closePath();
            canvas.fill(stripe);
        }
        canvas.setColor(new Color(196, 196, 192, 150));
        for (int x = 12; x < WIDTH; x += 62) {
            if (Math.abs(x + 16 - middle) > 110) {
                canvas.fill(new Rectangle2D.Double(x, (ROAD_TOP + ROAD_BOTTOM) / 2.0 - 2, 32, 4));
            }
        }
    }

    private static double zebraHalf(double y) {
        return 52 + (y - ROAD_TOP) * 0.18;
    }

    private static Color shade(Color colour, int by) {
        return new Color(level(colour.getRed() + by), level(colour.getGreen() + by), level(colour.getBlue() + by));
    }

    private static int level(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
