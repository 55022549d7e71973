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

    /**
     * Says the same of the brightest pixel of each channel, but fails while it runs where the picture is white: the
     * number of the picture to be looked at is made of its brightness, and beyond 0 there is none.
     */
    static final String FAILING = """
            name: "failing"
            input: "data"
            input_shape { dim: 1 dim: 3 dim: 300 dim: 300 }
            layer { name: "mean" type: "Pooling" bottom: "data" top: "mean" pooling_param { pool: AVE global_pooling: true } }
            layer { name: "place" type: "InnerProduct" bottom: "mean" top: "place" inner_product_param { num_output: 5 } }
            layer { name: "most" type: "ROIPooling" bottom: "data" bottom: "place" top: "most"
                    roi_pooling_param { pooled_w: 1 pooled_h: 1 spatial_scale: 1 } }
            layer { name: "row" type: "InnerProduct" bottom: "most" top: "row" inner_product_param { num_output: 7 } }
            layer { name: "detection_out" type: "Reshape" bottom: "row" top: "detection_out"
                    reshape_param { shape { dim: 1 dim: 1 dim: 1 dim: 7 } } }
            """;

    private TinyCaffe() {}

    /** Weights of the layer {@code row}: picture, class, score, left, top, right, bottom. */
    static byte[] weights() {
        return model(row());
    }

    /** Weights of {@link #FAILING}; its place is picture, left, top, right, bottom. */
    static byte[] failingWeights() {
        var factors = new float[5 * CHANNELS];
        factors[0] = 0.53f;
        float[] constants = {0.5f, 0, 0, 299, 299};
        return model(row(), layer("place", factors, constants));
    }

    private static ProtoBytes row() {
        var factors = new float[7 * CHANNELS];
        factors[2 * CHANNELS + 2] = 0.5f;
        float[] constants = {0, PERSON, 0.5f, 0.25f, 0.5f, 0.75f, 1};
        return layer("row", factors, constants);
    }

    private static byte[] model(ProtoBytes... layers) {
        var model = new ProtoBytes().text(1, "tiny");
        for (ProtoBytes layer : layers) {
            model.message(100, layer);
        }
        return model.bytes();
    }

    /** @param factors of each channel for each of the constants */
    private static ProtoBytes layer(String name, float[] factors, float[] constants) {
        return new ProtoBytes()
                .text(1, name)
                .text(2, "InnerProduct")
                .message(7, blob(factors, constants.length, CHANNELS))
                .message(7, blob(constants, constants.length));
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
