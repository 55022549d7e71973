package io.sightline.engine.detect;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.sightline.engine.detect.DetectorSpec.Execution;
import io.sightline.engine.detect.DetectorSpec.Provider;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes sessions of ONNX Runtime. What was asked to run on a provider that this machine does not have runs on the
 * processor, and says so.
 */
final class OnnxSessions {
    private OnnxSessions() {}

    /** Loads the model with the options; called again where a provider fails. */
    interface Loader {
        OrtSession load(OrtEnvironment environment, SessionOptions options) throws OrtException;
    }

    /** @param note what an operator should know; empty where it runs as it was asked to */
    record Opened(OrtSession session, Optional<String> note) {}

    /** One for the whole process; says errors only, since its warnings are nothing that an operator could act on. */
    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "sightline");
    }

    /** The same for a bare measurement: one thread of its own per call, none that wait in a busy loop. */
    static SessionOptions options() throws OrtException {
        var options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return options;
    }

    static Opened open(Loader model, Execution wanted) throws OrtException {
        if (wanted.provider() == Provider.CPU) {
            return new Opened(onProcessor(model), Optional.empty());
        }
        try {
            return new Opened(onProvider(model, wanted), Optional.empty());
        } catch (OrtException | UnsatisfiedLinkError e) {
            var session = onProcessor(model); // a model that is bad in itself fails here again, with its own reason
            String note = "runs on the processor: " + text(wanted) + " cannot be used (" + e.getMessage() + ")";
            return new Opened(session, Optional.of(note));
        }
    }

    private static OrtSession onProcessor(Loader model) throws OrtException {
        try (var options = options()) {
            return model.load(environment(), options);
        }
    }

    private static OrtSession onProvider(Loader model, Execution wanted) throws OrtException {
        EnumSet<OrtProvider> built = OrtEnvironment.getAvailableProviders();
        if (!built.contains(runtimeName(wanted.provider()))) {
            throw new OrtException("this build of ONNX Runtime has only "
                    + built.stream().map(OrtProvider::getName).collect(Collectors.joining(", ")));
        }
        try (var options = options()) {
            add(options, wanted);
            return model.load(environment(), options);
        }
    }

    private static OrtProvider runtimeName(Provider provider) {
        return switch (provider) {
            case CPU -> OrtProvider.CPU;
            case CUDA -> OrtProvider.CUDA;
            case TENSORRT -> OrtProvider.TENSOR_RT;
            case OPENVINO -> OrtProvider.OPEN_VINO;
            case DIRECTML -> OrtProvider.DIRECT_ML;
            case COREML -> OrtProvider.CORE_ML;
        };
    }

    private static void add(SessionOptions options, Execution wanted) throws OrtException {
        int device = wanted.device();
        switch (wanted.provider()) {
            case CUDA -> options.addCUDA(device);
            case TENSORRT -> {
                options.addTensorrt(device);
                options.addCUDA(device); // takes the steps that TensorRT leaves
            }
            case OPENVINO -> options.addOpenVINO(intelGraphics(device));
            case DIRECTML -> {
                options.setMemoryPatternOptimization(false); // DirectML's documentation asks for it
                options.addDirectML(device);
            }
            case COREML -> options.addCoreML();
            case CPU -> throw new IllegalArgumentException("the processor needs no provider");
        }
    }

    /** OpenVINO's name of a graphics processor; where there is only one, some versions know it without a number only. */
    static String intelGraphics(int device) {
        return device == 0 ? "GPU" : "GPU." + device;
    }

    /** What was asked for, in the words of who made it. */
    private static String text(Execution wanted) {
        return switch (wanted.provider()) {
            case OPENVINO -> "openvino device " + intelGraphics(wanted.device());
            case CPU, COREML -> wanted.provider().word();
            case CUDA, TENSORRT, DIRECTML -> wanted.provider().word() + " device " + wanted.device();
        };
    }
}
