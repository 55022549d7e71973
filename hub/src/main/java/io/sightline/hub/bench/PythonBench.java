package io.sightline.hub.bench;

import io.sightline.engine.detect.Detector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The same model, pictures and task in a Python script with OpenCV, which is what people would write instead. */
final class PythonBench {
    private static final int FRAMES = 10;
    private static final Limit LIMIT = new Limit(3.5, 4.0);
    private static final String SCRIPT = "opencv_dnn.py";
    private static final long LAST_SECONDS = 10;

    private PythonBench() {}

    static List<Figure> figures(BenchPlan plan) throws Exception {
        Path model = plan.model();
        Path script = Files.createTempFile("sightline-bench-", ".py");
        try (var frames = new SampleFrames(plan.video(), FRAMES);
                Detector detector = PipelineBench.detector(model)) {
            extract(script);
            plan.progress().accept("python: detector and OpenCV script in turn");
            try (var python = new Script(List.of(
                    python(),
                    script.toString(),
                    model.toString(),
                    plan.video().toString(),
                    Integer.toString(FRAMES)))) {
                Turns turns = Turns.take(
                        () -> PipelineBench.detecting(detector, frames), python::millisPerFrame, plan.rounds());
                return List.of(turns.figure("python", "CPU ms per frame, Python OpenCV DNN / pipeline", LIMIT)
                        .with("OpenCV " + python.version));
            }
        } finally {
            Files.delete(script);
        }
    }

    private static void extract(Path script) throws IOException {
        try (InputStream source = Objects.requireNonNull(PythonBench.class.getResourceAsStream(SCRIPT))) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A Python that has OpenCV: Debian's, or the one on the path. */
    private static String python() throws InterruptedException, SkippedException {
        for (String name : List.of("/usr/bin/python3", "python3")) {
            try {
                Process probe = new ProcessBuilder(name, "-c", "import cv2, numpy")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (probe.waitFor() == 0) {
                    return name;
                }
            } catch (IOException e) {
                // not installed; the next one may be
            }
        }
        throw new SkippedException("no python3 with OpenCV is installed (Debian: python3-opencv)");
    }

    /** The script as it runs; one line in, one line out. */
    private static final class Script implements AutoCloseable {
        private final Process process;
        private final Writer ask;
        private final BufferedReader answers;
        private final String version;

        Script(List<String> command) throws IOException, SkippedException {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ask = process.outputWriter(StandardCharsets.UTF_8);
            answers = process.inputReader(StandardCharsets.UTF_8);
            String ready = answers.readLine();
            if (ready == null) {
                process.destroy();
                throw new SkippedException("the Python script ended: its OpenCV cannot run the model");
            }
            version = ready.split(" ")[1];
        }

        double millisPerFrame() throws IOException {
            ask.write("\n");
            ask.flush();
            return Double.parseDouble(answers.readLine());
        }

        @Override
        public void close() throws IOException {
            ask.close();
            try {
                if (!process.waitFor(LAST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
