package io.sightline.engine.detect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A network of Caffe that a test can make by itself. */
final class TinyCaffe {
    private static final int CHANNELS = 3;
    private static final int PERSON = 15;

    /** Takes the mean of each channel, and makes one row of seven numbers of the three. */
    static final String NETWORK = """
            name: "tiny"
            input: "data"
            input_shape { dim: 1 dim: 3 dim: 300 dim: 300 }
            layer { name: "mean" type: "Pooling" bottom: "data" top: "mean" pooling_param { pool: AVE global_pooling: true } }
            layer { name: "row" type: "InnerProduct" bottom: "mean" top: "row" inner_product_param { num_output: 7 } }
            layer { name: "detection_out" type: "Reshape" bottom: "row" top: "detection_out"
                    reshape_param { shape { dim: 1 dim: 1 dim: 1 dim: 7 } } }
            """;

    private TinyCaffe() {}

    /** Weights of the layer {@code row}: picture, class, score, left, top, right, bottom. */
    static byte[] weights() {
        var factors = new float[7 * CHANNELS];
        factors[2 * CHANNELS + 2] = 0.5f;
        float[] constants = {0, PERSON, 0.5f, 0.25f, 0.5f, 0.75f, 1};
        var layer = new ProtoBytes()
                .text(1, "row")
                .text(2, "InnerProduct")
                .message(7, blob(factors, 7, CHANNELS))
                .message(7, blob(constants, 7));
        return new ProtoBytes().text(1, "tiny").message(100, layer).bytes();
    }

    private static ProtoBytes blob(float[] values, long... shape) {
        var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        var sides = new ProtoBytes();
        for (long side : shape) {
            sides.number(1, side);
        }
        return new ProtoBytes().block(5, raw.array()).message(7, sides);
    }
}
