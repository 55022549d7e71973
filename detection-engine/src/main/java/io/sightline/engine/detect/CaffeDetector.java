package io.sightline.engine.detect;

import io.sightline.engine.model.Decoder;
import io.sightline.engine.model.Decoders;
import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.MisfitException;
import io.sightline.engine.model.ModelAnswer;
import io.sightline.engine.model.PictureInput;
import io.sightline.engine.video.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * A detector in Caffe's format, run by OpenCV.
 *
 * <p>Source: Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications", 2017,
 * arXiv 1704.04861, as the detector of github.com/chuanqi305/MobileNet-SSD: 300x300, blue first, (pixel - 127.5) /
 * 127.5, stretched. A network keeps what it computes inside itself, so each call has one of its own.
 */
final class CaffeDetector implements Detector {
    private static final InputSize USUAL = new InputSize(300, 300);
    private static final double MIDDLE = 127.5;
    private static final int MAX_OBJECTS = 300;
    private static final int GREY = 128;

    private final DetectorInfo info;
    private final DetectorSpec.Caffe spec;
    private final byte[] network;
    private final byte[] weights;
    private final PictureInput input;
    private final Labels labels;
    private final Decoder.Wanted wanted;
    private final Workspaces<Workspace> workspaces;

    private CaffeDetector(DetectorSpec.Caffe spec) throws DetectionException {
        this.spec = spec;
        this.network = bytes(spec.network());
        this.weights = bytes(spec.model());
        this.labels = Labels.read(spec.id(), spec.labels());
        this.wanted = new Decoder.Wanted(
                labels.wanted(spec.id(), spec.classes()),
                (float) spec.hintConfidence(),
                new NamelessClasses(spec.id(), labels));
        this.input = spec.input().over(usual());
        this.info = new DetectorInfo(spec.id(), OnnxModel.name(spec.model()), hash(), labels.only(wanted.labels()));
        this.workspaces = new Workspaces<>(spec.id(), Workspace::new);
    }

    static CaffeDetector open(DetectorSpec.Caffe spec) throws DetectionException {
        OpenCv.load();
        var detector = new CaffeDetector(spec);
        detector.workspaces.use(workspace -> workspace); // what cannot be used is refused now
        return detector;
    }

    private static PictureInput usual() {
        List<Double> middle = Collections.nCopies(3, MIDDLE);
        return new PictureInput(
                PictureInput.Fit.STRETCHED,
                PictureInput.Colours.BGR,
                PictureInput.Range.BYTES,
                middle,
                middle,
                PictureInput.GREY);
    }

    private byte[] bytes(Path file) throws DetectionException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException | OutOfMemoryError e) {
            throw DetectionException.badDetector("detector '" + spec.id() + "': " + file + " cannot be read: " + e, e);
        }
    }

    /** Of layers and weights one after the other, since both make the result. */
    private String hash() throws DetectionException {
        try (var both = new SequenceInputStream(new ByteArrayInputStream(network), new ByteArrayInputStream(weights))) {
            return Hashes.sha256(both);
        } catch (IOException e) {
            throw bad("they cannot be read: " + e, e);
        }
    }

    @Override
    public DetectorInfo info() {
        return info;
    }

    @Override
    public List<SeenObject> detect(Frame frame) throws DetectionException {
        return workspaces.use(workspace -> workspace.look(frame));
    }

    @Override
    public void close() {
        workspaces.close();
    }

    private DetectionException bad(String problem, Throwable cause) {
        return DetectionException.badDetector(
                "detector '" + spec.id() + "': " + spec.network() + " with " + spec.model() + ": " + problem, cause);
    }

    /** A network and the buffers of one call. */
    private final class Workspace implements AutoCloseable {
        private final Net net;
        private final InputSize size = spec.input().size().orElse(USUAL);
        private final NativeBytes memory;
        private final PictureTensor picture;
        private final Letterbox letterbox;
        private final Mat blob;
        private final Decoder.Reader reader;
        private final Candidates candidates = new Candidates();

        Workspace() throws DetectionException {
            net = net();
            memory = new NativeBytes(PictureTensor.Kind.PLAIN.bytes(size));
            picture = new PictureTensor(size, input, PictureTensor.Kind.PLAIN, memory.buffer());
            letterbox = new Letterbox(input, picture);
            try (var address = new BytePointer(memory.buffer())) {
                blob = new Mat(new int[] {1, 3, size.height(), size.width()}, opencv_core.CV_32F, address);
            }
            try (var all = new Rect(0, 0, size.width(), size.height())) {
                picture.shape(all, GREY);
                Decoder ssd = Decoders.find("ssd").orElseThrow();
                ModelAnswer sample = run();
                reader = ssd.fit(sample, wanted);
                requireLabelForEachClass(ssd, sample);
            } catch (MisfitException e) {
                close();
                throw bad(e.getMessage(), e);
            } catch (DetectionException e) {
                close();
                throw bad("it cannot look at a grey picture of " + size + ": " + e.getMessage(), e);
            }
        }

        private void requireLabelForEachClass(Decoder decoder, ModelAnswer sample)
                throws MisfitException, DetectionException {
            String problem = NamelessClasses.problem(decoder, sample, labels).orElse("");
            if (!problem.isEmpty()) {
                throw bad(problem, new MisfitException(problem));
            }
        }

        private Net net() throws DetectionException {
            try {
                Net read = opencv_dnn.readNetFromCaffe(network, weights);
                read.setPreferableBackend(opencv_dnn.DNN_BACKEND_OPENCV);
                return read;
            } catch (RuntimeException e) {
                throw bad("OpenCV cannot read them as Caffe's format: " + firstLine(e), e);
            }
        }

        List<SeenObject> look(Frame frame) throws DetectionException {
            var scale = letterbox.fill(frame);
            ModelAnswer answer = run();
            candidates.clear();
            reader.read(answer, candidates);
            return candidates.objects(reader.maxOverlap(), MAX_OBJECTS, labels.names(), scale);
        }

        private ModelAnswer run() throws DetectionException {
            try {
                net.setInput(blob);
            } catch (RuntimeException e) {
                throw new DetectionException("detector '" + info.id() + "': " + firstLine(e), e);
            }
            try (var output = net.forward()) {
                return new ModelAnswer(size.width(), size.height(), false, List.of(copy(output)));
            } catch (RuntimeException e) {
                throw new DetectionException("detector '" + info.id() + "': " + firstLine(e), e);
            }
        }

        private ModelAnswer.Output copy(Mat output) throws DetectionException {
            if (output.depth() != opencv_core.CV_32F) {
                throw DetectionException.badDetector("its output holds no floats of 32 bits");
            }
            var shape = new long[output.dims()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = output.size(i);
            }
            var values = new float[(int) OnnxBuffers.values(shape)];
            try (var address = new FloatPointer(output.data())) {
                address.get(values);
            }
            return new ModelAnswer.Output("detection_out", shape, FloatBuffer.wrap(values), false);
        }

        private static String firstLine(RuntimeException e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        }

        @Override
        public void close() {
            letterbox.close();
            picture.close();
            blob.close();
            net.close();
            memory.close();
        }
    }
}
