package io.sightline.engine.video;

import io.sightline.engine.detect.BoundingBox;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** Draws one walker, seen from the front, in proportions that people detectors were taught with. */
final class DemoFigure {
    private static final double SWING = 0.3;
    private static final double HALF_WIDTH = 0.18;
    private static final Color SHOE = new Color(30, 28, 28);

    private final Graphics2D canvas;
    private final DemoWalk.Stance stance;
    private final DemoWalk.Look look;
    private final double h;

    private DemoFigure(Graphics2D canvas, DemoWalk.Stance stance, DemoWalk.Look look) {
        this.canvas = canvas;
        this.stance = stance;
        this.look = look;
        this.h = stance.height();
    }

    static BoundingBox box(DemoWalk.Stance stance) {
        double half = HALF_WIDTH * stance.height();
        return new BoundingBox(stance.x() - half, stance.y() - stance.height(), 2 * half, stance.height());
    }

    static void draw(Graphics2D canvas, DemoWalk.Stance stance, DemoWalk.Look look) {
        new DemoFigure(canvas, stance, look).draw();
    }

    private void draw() {
        double angle = SWING * stance.swing() * Math.sin(stance.stride());
        shadow();
        leg(-1, angle + 0.04);
        leg(1, -angle - 0.04);
        arm(-1, 0.10 - 0.7 * angle);
        arm(1, -0.10 + 0.7 * angle);
        torso();
        head();
    }

    private double x(double part) {
        return stance.x() + part * h;
    }

    private double y(double part) {
        return stance.y() - part * h;
    }

    private void shadow() {
        for (int ring = 0; ring < 4; ring++) {
            double wide = (0.40 - 0.07 * ring) * h;
            double high = wide * 0.22;
            canvas.setColor(new Color(40, 44, 56, 18));
            canvas.fill(new Ellipse2D.Double(x(0.05) - wide / 2, y(0.01) - high / 2, wide, high));
        }
    }

    private void limb(Line2D line, double width, Color colour) {
        canvas.setStroke(new BasicStroke((float) (width * h), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.setColor(colour);
        canvas.draw(line);
    }

    private void leg(int side, double angle) {
        double hipX = x(side * 0.048);
        double footX = hipX + Math.sin(angle) * 0.42 * h;
        double footY = y(0.49) + Math.cos(angle) * 0.43 * h;
        canvas.setColor(SHOE);
        canvas.fill(new Ellipse2D.Double(footX - 0.042 * h, footY - 0.005 * h, 0.084 * h, 0.06 * h));
        limb(
                new Line2D.Double(hipX, y(0.49), footX, footY),
                0.078,
                side < 0 ? look.trousers() : brighter(look.trousers()));
    }

    private void arm(int side, double angle) {
        double shoulderX = x(side * 0.105);
        double handX = shoulderX + Math.sin(angle + side * 0.05) * 0.33 * h;
        double handY = y(0.785) + Math.cos(angle) * 0.33 * h;
        canvas.setColor(look.skin());
        canvas.fill(new Ellipse2D.Double(handX - 0.026 * h, handY - 0.01 * h, 0.052 * h, 0.06 * h));
        limb(
                new Line2D.Double(shoulderX, y(0.785), handX, handY),
                0.062,
                look.jacket().darker());
    }

    private void torso() {
        var body = new Path2D.Double();
        body.moveTo(x(-0.035), y(0.865));
        body.curveTo(x(-0.07), y(0.84), x(-0.125), y(0.845), x(-0.125), y(0.78));
        body.curveTo(x(-0.115), y(0.68), x(-0.09), y(0.62), x(-0.088), y(0.57));
        body.lineTo(x(-0.098), y(0.46));
        body.lineTo(x(0.098), y(0.46));
        body.lineTo(x(0.088), y(0.57));
        body.curveTo(x(0.09), y(0.62), x(0.115), y(0.68), x(0.125), y(0.78));
        body.curveTo(x(0.125), y(0.845), x(0.07), y(0.84), x(0.035), y(0.865));
        body.closePath();
        canvas.setPaint(new GradientPaint(
                (float) x(-0.12),
                0,
                brighter(look.jacket()),
                (float) x(0.12),
                0,
                look.jacket().darker()));
        canvas.fill(body);
    }

    private void head() {
        canvas.setColor(look.skin().darker());
        canvas.fill(new Ellipse2D.Double(x(-0.025), y(0.885), 0.05 * h, 0.06 * h));
        canvas.setColor(look.hair());
        canvas.fill(new Ellipse2D.Double(x(-0.054), y(1.0), 0.108 * h, 0.125 * h));
        canvas.setColor(look.skin());
        canvas.fill(new Ellipse2D.Double(x(-0.044), y(0.965), 0.088 * h, 0.105 * h));
        canvas.setColor(look.hair());
        canvas.fill(new Ellipse2D.Double(x(-0.05), y(1.0), 0.10 * h, 0.055 * h));
    }

    private static Color brighter(Color colour) {
        return new Color(
                Math.min(255, colour.getRed() + 16),
                Math.min(255, colour.getGreen() + 16),
                Math.min(255, colour.getBlue() + 16));
    }
}
