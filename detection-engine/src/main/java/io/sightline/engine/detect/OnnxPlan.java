package io.sightline.engine.detect;

import io.sightline.engine.model.Decoder;
import io.sightline.engine.model.Decoders;
import io.sightline.engine.model.InputSize;
import io.sightline.engine.model.MisfitException;
import io.sightline.engine.model.ModelAnswer;
import io.sightline.engine.model.PictureInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How one model is used: found when it is loaded, from the configuration, what the model says of itself, and what it
 * answers to a grey picture.
 *
 * @param size of the input, or the largest where its axes are open
 * @param sample what the model said of a grey picture of that size
 */
record OnnxPlan(
        Decoder decoder, Labels labels, Decoder.Wanted wanted, PictureInput input, InputSize size, ModelAnswer sample) {
    /** Preparation of the grey picture, before the family is known. */
    static final PictureInput ANY =
            PictureInput.of(PictureInput.Fit.STRETCHED, PictureInput.Colours.RGB, PictureInput.Range.UNIT);

    static OnnxPlan of(DetectorSpec.Onnx spec, OnnxModel model) throws DetectionException {
        InputSize size = size(spec, model);
        ModelAnswer sample = sample(model, size);
        Decoder decoder = decoder(spec, model, sample);
        var labels = Labels.read(spec.id(), spec.labels(), decoder, model.metadata());
        requireLabelForEachClass(model, decoder, labels, sample);
        var wanted = new Decoder.Wanted(
                labels.wanted(spec.id(), spec.classes()),
                (float) spec.hintConfidence(),
                new NamelessClasses(spec.id(), labels));
        var input = spec.input().over(decoder.input());
        if (model.picture().kind().bytesPerValue() == Byte.BYTES && !input.plain()) {
            input = wholeBytes(spec, model, input);
        }
        return new OnnxPlan(decoder, labels, wanted, input, size, sample);
    }

    /** A model of bytes gets pixels as they are; whatever it was trained with is inside it. */
    private static PictureInput wholeBytes(DetectorSpec.Onnx spec, OnnxModel model, PictureInput input)
            throws DetectionException {
        var wishes = spec.input();
        if (wishes.range().isPresent()
                || !wishes.mean().isEmpty()
                || !wishes.deviation().isEmpty()) {
            throw model.bad("it takes bytes, so pixels go in as they are; leave out scale, mean and std");
        }
        return PictureInput.of(input.fit(), input.colours(), PictureInput.Range.BYTES);
    }

    private static InputSize size(DetectorSpec.Onnx spec, OnnxModel model) throws DetectionException {
        InputSize usual = model.metadata().size().orElse(PicturePort.USUAL);
        InputSize size = model.picture().size(spec.input().size().orElse(usual));
        if (spec.input().size().filter(wished -> !wished.equals(size)).isPresent()) {
            throw model.bad("input: size: got " + spec.input().size().get() + ", allowed is " + size
                    + ", because the model was exported for that size");
        }
        return size;
    }

    private static ModelAnswer sample(OnnxModel model, InputSize size) throws DetectionException {
        try (var workspace = new OnnxWorkspace(model, ANY, size, 1)) {
            var sample = workspace.sample();
            requireNumbers(model, sample);
            return sample;
        } catch (DetectionException e) {
            throw e.reason() == DetectionException.Reason.BAD_DETECTOR
                    ? e
                    : model.bad("it cannot look at a grey picture of " + size + ": " + e.getMessage(), e);
        }
    }

    private static void requireNumbers(OnnxModel model, ModelAnswer sample) throws DetectionException {
        for (var output : sample.outputs()) {
            var values = output.values();
            int wrong = 0;
            for (int i = 0; i < values.limit(); i++) {
                wrong += Float.isNaN(values.get(i)) ? 1 : 0;
            }
            if (wrong > 0) {
                throw model.bad("output " + output + " of a grey picture has " + wrong + " of " + values.limit()
                        + " values that are no numbers (NaN): its weights are broken; fetch or export it again");
            }
        }
    }

    private static void requireLabelForEachClass(OnnxModel model, Decoder decoder, Labels labels, ModelAnswer sample)
            throws DetectionException {
        int own = model.metadata().names().size();
        if (own > 0 && own != labels.names().size()) {
            throw model.bad(
                    "labels: " + labels.source() + " has " + labels.names().size() + ", but the model names " + own
                            + " classes; allowed are a list of as many, and 'model' for its own names");
        }
        try {
            String problem = NamelessClasses.problem(decoder, sample, labels).orElse("");
            if (!problem.isEmpty()) {
                throw model.bad(problem);
            }
        } catch (MisfitException e) {
            throw new IllegalStateException("the decoder was found to fit", e);
        }
    }

    private static Decoder decoder(DetectorSpec.Onnx spec, OnnxModel model, ModelAnswer sample)
            throws DetectionException {
        if (!spec.decoder().equals(Decoders.AUTO)) {
            Decoder named = Decoders.find(spec.decoder()).orElseThrow();
            require(spec, model, named, sample);
            return named;
        }
        List<Decoder> fits = new ArrayList<>();
        List<String> misfits = new ArrayList<>();
        for (Decoder decoder : Decoders.all()) {
            String misfit = misfit(spec, model, decoder, sample);
            if (misfit.isEmpty()) {
                fits.add(decoder);
            } else {
                misfits.add(misfit);
            }
        }
        List<Decoder> sure =
                fits.stream().filter(decoder -> decoder.recognises(sample)).toList();
        if (sure.size() == 1) {
            return sure.get(0);
        }
        String labels = spec.labels().equals(Labels.AUTO) ? "" : " and the labels of " + spec.labels();
        throw model.bad("outputs " + sample.names() + labels + " do not tell the decoder; "
                + (fits.isEmpty()
                        ? "none fits, so name decoder and labels (" + String.join("; ", misfits) + ")"
                        : "it may be " + names(fits))
                + "; allowed are " + String.join(", ", Decoders.names()));
    }

    private static String names(List<Decoder> decoders) {
        return decoders.stream().map(Decoder::name).collect(Collectors.joining(" or "));
    }

    private static void require(DetectorSpec.Onnx spec, OnnxModel model, Decoder decoder, ModelAnswer sample)
            throws DetectionException {
        String problem = misfit(spec, model, decoder, sample);
        if (!problem.isEmpty()) {
            throw model.bad(problem);
        }
    }

    /** @return empty if the decoder can read the model */
    private static String misfit(DetectorSpec.Onnx spec, OnnxModel model, Decoder decoder, ModelAnswer sample)
            throws DetectionException {
        var labels = Labels.read(spec.id(), spec.labels(), decoder, model.metadata());
        try {
            decoder.fit(sample, new Decoder.Wanted(new boolean[labels.names().size()], 1));
            return "";
        } catch (MisfitException e) {
            return "decoder " + decoder.name() + ": " + e.getMessage() + " for an input of " + sample.width() + "x"
                    + sample.height() + " and the " + labels.names().size() + " labels of " + labels.source();
        }
    }
}
