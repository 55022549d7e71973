package io.sightline.engine.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.ModelAnswer;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;

/**
 * The input of a model that takes the picture.
 *
 * @param type float, float16 or byte
 * @param batch number of pictures; negative: open; 0: there is no such axis
 * @param planar channels, height, width; otherwise height, width, channels
 * @param height negative: open
 * @param width negative: open
 */
record PicturePort(String name, OnnxJavaType type, long batch, boolean planar, long height, long width) {
    /** Size of a model with open axes where nothing says another. */
    static final InputSize USUAL = new InputSize(640, 640);

    private static final int CHANNELS = 3;
    private static final int WITH_BATCH = 4;
    private static final String NEEDED =
            "needed is [1, 3, height, width] or [1, height, width, 3] of float, float16 or uint8, with sides up to "
                    + InputSize.MAX_SIDE;

    /** @return empty if it takes no picture */
    static Optional<PicturePort> of(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            return Optional.empty();
        }
        long[] shape = tensor.getShape();
        boolean known = tensor.type == OnnxJavaType.FLOAT
                || tensor.type == OnnxJavaType.FLOAT16
                || tensor.type == OnnxJavaType.UINT8;
        boolean batched = shape.length == WITH_BATCH;
        if (!known || !batched && shape.length != WITH_BATCH - 1 || batched && shape[0] > 1) {
            return Optional.empty();
        }
        int first = batched ? 1 : 0;
        boolean planar = shape[first] == CHANNELS || shape[first] < 0 && shape[first + 2] != CHANNELS;
        boolean coloured = planar || shape[first + 2] == CHANNELS;
        long height = shape[planar ? first + 1 : first];
        long width = shape[planar ? first + 2 : first + 1];
        if (!coloured || tooLarge(height) || tooLarge(width)) {
            return Optional.empty();
        }
        return Optional.of(new PicturePort(node.getName(), tensor.type, batched ? shape[0] : 0, planar, height, width));
    }

    /** What {@link #of} takes, for people. @param node what was got instead */
    static String needed(NodeInfo node) {
        return "input " + text(node) + ", " + NEEDED;
    }

    static String text(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo tensor
                ? "'" + node.getName() + "' " + tensor.type + ModelAnswer.text(tensor.getShape())
                : "'" + node.getName() + "' " + node.getInfo();
    }

    private static boolean tooLarge(long side) {
        return side == 0 || side == 1 || side > InputSize.MAX_SIDE;
    }

    boolean open() {
        return height < 0 && width < 0;
    }

    /** The size that the model has, or else the wanted one on its open axes. */
    InputSize size(InputSize wanted) {
        return new InputSize(width < 0 ? wanted.width() : (int) width, height < 0 ? wanted.height() : (int) height);
    }

    long[] shape(InputSize size, int pictures) {
        if (batch == 0) {
            return planar
                    ? new long[] {CHANNELS, size.height(), size.width()}
                    : new long[] {size.height(), size.width(), CHANNELS};
        }
        return planar
                ? new long[] {pictures, CHANNELS, size.height(), size.width()}
                : new long[] {pictures, size.height(), size.width(), CHANNELS};
    }

    PictureTensor.Kind kind() {
        int depth = type == OnnxJavaType.UINT8
                ? opencv_core.CV_8U
                : type == OnnxJavaType.FLOAT16 ? opencv_core.CV_16F : opencv_core.CV_32F;
        return new PictureTensor.Kind(depth, planar);
    }
}
