package io.sightline.engine.video;

import io.sightline.engine.detect.BoundingBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A drawn street with a crossing and people who come and go, endless, the same for the same seed. It needs no camera and
 * no file, and knows where everybody is. Frames may be drawn in any order, by one thread at a time.
 */
public final class DemoScene {
    /** Pixels. */
    public static final int WIDTH = 640;

    /** Pixels. */
    public static final int HEIGHT = 480;

    public static final int FRAMES_PER_SECOND = 10;

    static final double ZEBRA_MIDDLE = 330;

    private static final Pattern ADDRESS = Pattern.compile("demo:crossing(?:\\?seed=(\\d{1,9}))?");
    private static final int MARGIN = 8;

    private final long seed;
    private final BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final int[] pixels = ((DataBufferInt) canvas.getRaster().getDataBuffer()).getData();
    private final int[] street;
    private final byte[] streetI420 = new byte[FrameInfo.bytes(WIDTH, HEIGHT)];
    private final byte[] i420;
    private final byte[] noisyLuma = new byte[WIDTH * HEIGHT];
    private final byte[] noise;
    private List<Area> touched = List.of();

    /**
     * A person in the picture.
     *
     * @param id stays with the person
     * @param clear at least 80 % in view and at most half hidden by others: a detector can be asked to see it
     */
    public record Person(int id, BoundingBox box, boolean clear) {}

    private record Figure(DemoWalk walk, DemoWalk.Stance stance) {}

    private record Area(int left, int top, int right, int bottom) {}

    public DemoScene(long seed) {
        this.seed = seed;
        Graphics2D painter = painter();
        DemoStreet.draw(painter);
        painter.dispose();
        this.street = pixels.clone();
        toI420(new Area(0, 0, WIDTH, HEIGHT), streetI420);
        this.i420 = streetI420.clone();
        this.noise = noise(seed);
    }

    /** @param address {@code demo:crossing} or {@code demo:crossing?seed=7} */
    static DemoScene of(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(problem(address).orElse(address));
        }
        return new DemoScene(matcher.group(1) == null ? 1 : Long.parseLong(matcher.group(1)));
    }

    static Optional<String> problem(String address) {
        return ADDRESS.matcher(address).matches()
                ? Optional.empty()
                : Optional.of("uri: got '" + address + "', allowed are demo:crossing and demo:crossing?seed=NUMBER");
    }

    private static byte[] noise(long seed) {
        var random = new Random(seed);
        byte[] noise = new byte[2 * WIDTH * HEIGHT];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) Math.round(Math.max(-7, Math.min(7, random.nextGaussian() * 2)));
        }
        return noise;
    }

    /** Who is in the picture, from back to front. @param frame number from 0 */
    public List<Person> truth(long frame) {
        List<Figure> figures = figures(frame);
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            BoundingBox box = DemoFigure.box(figures.get(i).stance());
            double seen = shared(box, new BoundingBox(0, 0, WIDTH, HEIGHT)) / box.area();
            double hidden = figures.subList(i + 1, figures.size()).stream()
                    .mapToDouble(nearer -> shared(box, DemoFigure.box(nearer.stance())) / box.area())
                    .sum();
            if (seen > 0) {
                people.add(new Person(figures.get(i).walk().id(), box, seen >= 0.8 && hidden <= 0.5));
            }
        }
        return people;
    }

    private static double shared(BoundingBox a, BoundingBox b) {
        double width = Math.min(a.right(), b.right()) - Math.max(a.x(), b.x());
        double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y());
        return Math.max(0, width) * Math.max(0, height);
    }

    private List<Figure> figures(long frame) {
        double second = frame / (double) FRAMES_PER_SECOND;
        List<Figure> figures = new ArrayList<>();
        for (int lane = 0; lane < DemoWalk.LANES; lane++) {
            DemoWalk walk = DemoWalk.at(seed, lane, second);
            walk.stance(second).ifPresent(stance -> figures.add(new Figure(walk, stance)));
        }
        figures.sort(Comparator.comparingDouble(figure -> figure.stance().y()));
        return figures;
    }

    /**
     * Draws a frame.
     *
     * @param frame number from 0
     * @param target takes the picture as I420 at position 0
     */
    public synchronized void draw(long frame, ByteBuffer target) {
        touched.forEach(this::restore);
        List<Area> areas = new ArrayList<>();
        Graphics2D painter = painter();
        for (Figure figure : figures(frame)) {
            DemoFigure.draw(painter, figure.stance(), figure.walk().look());
            areas.add(around(DemoFigure.box(figure.stance())));
        }
        painter.dispose();
        areas.forEach(area -> toI420(area, i420));
        touched = areas;
        write(frame, target.duplicate().clear());
    }

    private void write(long frame, ByteBuffer target) {
        int shift = (int) Math.floorMod((frame + 1) * 7_368_787L + seed * 31, (long) WIDTH * HEIGHT);
        for (int i = 0; i < noisyLuma.length; i++) {
            noisyLuma[i] = (byte) (i420[i] + noise[shift + i]);
        }
        target.put(noisyLuma);
        target.put(i420, noisyLuma.length, i420.length - noisyLuma.length);
    }

    private Graphics2D painter() {
        Graphics2D painter = canvas.createGraphics();
        painter.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        painter.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return painter;
    }

    private static Area around(BoundingBox box) {
        return new Area(
                even((int) box.x() - MARGIN, WIDTH),
                even((int) box.y() - MARGIN, HEIGHT),
                even((int) box.right() + 2 * MARGIN, WIDTH),
                even((int) box.bottom() + 2 * MARGIN, HEIGHT));
    }

    private static int even(int value, int limit) {
        return Math.max(0, Math.min(limit, value)) & ~1;
    }

    private void restore(Area area) {
        int length = area.right() - area.left();
        for (int y = area.top(); y < area.bottom() && length > 0; y++) {
            int at = y * WIDTH + area.left();
            System.arraycopy(street, at, pixels, at, length);
            System.arraycopy(streetI420, at, i420, at, length);
        }
        int chroma = WIDTH * HEIGHT;
        for (int y = area.top() / 2; y < area.bottom() / 2 && length > 0; y++) {
            int at = chroma + y * WIDTH / 2 + area.left() / 2;
            System.arraycopy(streetI420, at, i420, at, length / 2);
            System.arraycopy(streetI420, at + chroma / 4, i420, at + chroma / 4, length / 2);
        }
    }

    /** BT.601, limited range, in 8 bit fixed point. */
    private void toI420(Area area, byte[] out) {
        for (int y = area.top(); y < area.bottom(); y++) {
            for (int at = y * WIDTH + area.left(), end = y * WIDTH + area.right(); at < end; at++) {
                int rgb = pixels[at];
                int luma = 66 * (rgb >> 16 & 255) + 129 * (rgb >> 8 & 255) + 25 * (rgb & 255);
                out[at] = (byte) ((luma + 128 >> 8) + 16);
            }
        }
        int u = WIDTH * HEIGHT;
        int v = u + u / 4;
        for (int y = area.top(); y < area.bottom(); y += 2) {
            for (int x = area.left(); x < area.right(); x += 2) {
                int rgb = pixels[y * WIDTH + x];
                int red = rgb >> 16 & 255;
                int green = rgb >> 8 & 255;
                int blue = rgb & 255;
                int at = y / 2 * (WIDTH / 2) + x / 2;
                out[u + at] = (byte) ((-38 * red - 74 * green + 112 * blue + 128 >> 8) + 128);
                out[v + at] = (byte) ((112 * red - 94 * green - 18 * blue + 128 >> 8) + 128);
            }
        }
    }
}
