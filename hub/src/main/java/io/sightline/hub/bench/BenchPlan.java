package io.sightline.hub.bench;

import io.sightline.hub.proof.ProofPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What is to be measured with.
 *
 * @param home folder of the installation, where the launcher is
 * @param data folder with videos and model
 * @param rounds of each comparison, at least 1
 * @param window how long a hub is watched
 * @param frames that each detector looks at for the memory figure
 * @param cameras of the hub that is watched
 * @param proof how much is to be proved of what must never happen
 * @param progress hears of what is being done, in a few words
 */
public record BenchPlan(
        Path home,
        Path data,
        int rounds,
        Duration window,
        int frames,
        int cameras,
        ProofPlan proof,
        Consumer<String> progress) {
    /** A real video with people who walk all the time. */
    Path video() throws SkippedException {
        return existing("PETS09-S2L1/PETS09-S2L1.mp4");
    }

    /** YOLOX-Nano for 416x416 pixels. */
    Path model() throws SkippedException {
        return existing("yolox_nano.onnx");
    }

    /** Weights of a MobileNet-SSD for the labels of VOC, in Caffe's format. */
    Path caffeModel() throws SkippedException {
        return existing("mobilenet_ssd.caffemodel");
    }

    /** Its layers. */
    Path caffeNetwork() throws SkippedException {
        return existing("mobilenet_ssd.prototxt");
    }

    /** Serves a video as RTSP cameras; of the people who test this hub. */
    Path rtspCamera() throws SkippedException {
        return existing("../tools/rtsp_camera.py").normalize();
    }

    Path launcher() throws SkippedException {
        Path launcher = home.resolve("sightline");
        if (!Files.isExecutable(launcher)) {
            throw new SkippedException(launcher + " is missing");
        }
        return launcher;
    }

    private Path existing(String name) throws SkippedException {
        Path file = data.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new SkippedException(file + " is missing");
        }
        return file;
    }
}
