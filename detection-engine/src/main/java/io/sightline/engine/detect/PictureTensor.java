package io.sightline.engine.detect;

import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.PictureInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * The memory of one picture as a model takes it: planes one after the other or colours side by side, in bytes or floats
 * of 16 or 32 bits. Used by one thread at a time.
 *
 * <p>Source: the layouts NCHW and NHWC of ONNX and TensorFlow; floats of 16 bits are binary16 of IEEE 754-2008.
 */
final class PictureTensor implements AutoCloseable {
    private static final int CHANNELS = 3;

    private final InputSize size;
    private final PictureInput input;
    private final Kind kind;
    private final ByteBuffer memory;
    /** All of each plane; of colours side by side there is one with three channels. */
    private final List<Mat> planes = new ArrayList<>();
    /** Where the picture is in each plane. */
    private final List<Mat> places = new ArrayList<>();

    private final MatVector channels = new MatVector(CHANNELS);
    private final Mat floats = new Mat();

    /**
     * @param depth OpenCV's number of the type: {@code CV_8U}, {@code CV_16F} or {@code CV_32F}
     * @param planar planes one after the other
     */
    record Kind(int depth, boolean planar) {
        /** Floats of 32 bits in planes. */
        static final Kind PLAIN = new Kind(opencv_core.CV_32F, true);

        int bytesPerValue() {
            return switch (depth) {
                case opencv_core.CV_8U -> Byte.BYTES;
                case opencv_core.CV_16F -> Short.BYTES;
                default -> Float.BYTES;
            };
        }

        /** Bytes of one picture. */
        int bytes(InputSize size) {
            return Math.multiplyExact(CHANNELS * bytesPerValue(), Math.multiplyExact(size.width(), size.height()));
        }
    }

    /** @param memory direct, of {@link Kind#bytes}; has to outlive this object */
    PictureTensor(InputSize size, PictureInput input, Kind kind, ByteBuffer memory) {
        this.size = size;
        this.input = input;
        this.kind = kind;
        this.memory = memory;
        int count = kind.planar ? CHANNELS : 1;
        int bytes = kind.bytes(size) / count;
        int type = opencv_core.CV_MAKETYPE(kind.depth, CHANNELS / count);
        for (int i = 0; i < count; i++) {
            try (var address = new BytePointer(memory.slice(i * bytes, bytes))) {
                planes.add(new Mat(size.height(), size.width(), type, address));
            }
        }
    }

    InputSize size() {
        return size;
    }

    /** Fills everything with one brightness and remembers where the picture belongs. @param pad 0 to 255 */
    void shape(Rect place, int pad) {
        places.forEach(Mat::close);
        places.clear();
        for (int i = 0; i < planes.size(); i++) {
            Mat plane = planes.get(i);
            try (var grey = grey(i, pad)) {
                if (kind.depth == opencv_core.CV_16F) {
                    floats.create(
                            size.height(), size.width(), opencv_core.CV_MAKETYPE(opencv_core.CV_32F, plane.channels()));
                    floats.put(grey);
                    floats.convertTo(plane, kind.depth);
                } else {
                    plane.put(grey);
                }
            }
            places.add(plane.apply(place));
        }
    }

    private Scalar grey(int plane, int pad) {
        if (kind.depth == opencv_core.CV_8U) {
            return Scalar.all(pad);
        }
        var values = new double[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            int channel = kind.planar ? plane : i;
            values[i] = pad * input.factor(channel) + input.offset(channel);
        }
        return new Scalar(values[0], values[1], values[2], 0);
    }

    /** Writes a picture of the remembered size: colours side by side, in bytes, in the order of the input. */
    void put(Mat colours) {
        if (kind.planar) {
            opencv_core.split(colours, channels);
            for (int i = 0; i < CHANNELS; i++) {
                try (var channel = channels.get(i)) {
                    convert(channel, places.get(i), i);
                }
            }
        } else if (input.alike()) {
            convert(colours, places.get(0), 0);
        } else {
            putEachOfItsOwn(colours);
        }
    }

    private void putEachOfItsOwn(Mat colours) {
        opencv_core.split(colours, channels);
        for (int i = 0; i < CHANNELS; i++) {
            try (var channel = channels.get(i);
                    var converted = new Mat()) {
                channel.convertTo(converted, opencv_core.CV_32F, input.factor(i), input.offset(i));
                channels.put(i, converted);
            }
        }
        opencv_core.merge(channels, floats);
        floats.convertTo(places.get(0), kind.depth);
    }

    private void convert(Mat from, Mat to, int channel) {
        if (kind.depth == opencv_core.CV_16F) {
            from.convertTo(floats, opencv_core.CV_32F, input.factor(channel), input.offset(channel));
            floats.convertTo(to, kind.depth);
        } else if (input.plain() || kind.depth == opencv_core.CV_8U) {
            from.convertTo(to, kind.depth);
        } else {
            from.convertTo(to, kind.depth, input.factor(channel), input.offset(channel));
        }
    }

    ByteBuffer memory() {
        return memory;
    }

    @Override
    public void close() {
        places.forEach(Mat::close);
        planes.forEach(Mat::close);
        channels.close();
        floats.close();
    }
}
