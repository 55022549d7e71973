package io.sightline.hub.settings;

import io.sightline.engine.detect.Detectors;
import io.sightline.engine.fetch.ModelSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the keys of a detector need beyond each single value. */
final class DetectorChecks {
    /** Types of detectors that a key is for; those not named are for all. */
    private static final Map<String, Set<String>> TYPES = Map.of(
            "model", Set.of("onnx", "caffe"),
            "sha256", Set.of("onnx"),
            "network", Set.of("caffe"),
            "decoder", Set.of("onnx"),
            "labels", Set.of("onnx", "caffe"),
            "provider", Set.of("onnx"),
            "device", Set.of("onnx"));

    private final Reading reading;
    private final Values values;

    DetectorChecks(Reading reading, Values values) {
        this.reading = reading;
        this.values = values;
    }

    /** Removes from {@code found} what it refuses; puts in whole paths. */
    void check(Map<String, Object> found, Map<String, Written> written, RecordReader.Place place) {
        String type = (String) found.getOrDefault("type", "");
        if (type.isEmpty()) {
            return;
        }
        refuseOthers(type, written);
        boolean needsModel = TYPES.get("model").contains(type);
        if (needsModel && Optional.empty().equals(found.get("model"))) {
            missing(place, "model", type);
        }
        if (type.equals("caffe") && Optional.empty().equals(found.get("network"))) {
            missing(place, "network", type);
        }
        if (needsModel && written.containsKey("model")) {
            model(type, found, written);
        }
        Written labels = written.get("labels");
        if (needsModel && labels != null && !Detectors.labelLists().contains(labels.text())) {
            Optional.ofNullable(values.existing(labels)).ifPresent(path -> found.put("labels", path.toString()));
        }
        if (type.equals("caffe") && "auto".equals(found.get("labels"))) {
            found.put("labels", "voc");
        }
        device(found, written);
        input(type, found, place);
    }

    private void device(Map<String, Object> found, Map<String, Written> written) {
        Written device = written.get("device");
        String provider = String.valueOf(found.get("provider"));
        boolean chosen = device != null && !Integer.valueOf(0).equals(found.get("device"));
        if (chosen && Set.of("cpu", "coreml").contains(provider)) {
            reading.refuse(device, "is 0 with the provider " + provider + ", which has no devices to choose from");
        }
    }

    private void missing(RecordReader.Place place, String key, String type) {
        reading.problem(
                place.line(),
                place.key() + ": '" + key + "' is missing, a detector of the type " + type + " needs one");
    }

    private void refuseOthers(String type, Map<String, Written> written) {
        for (String name : new ArrayList<>(written.keySet())) {
            Set<String> types = TYPES.getOrDefault(name, Set.of(type));
            if (!types.contains(type)) {
                Written got = written.get(name);
                reading.problem(
                        got.line(),
                        got.key() + ": got a value, allowed with the type "
                                + String.join(" or ", types.stream().sorted().toList()) + " only; this detector is "
                                + type);
            }
        }
    }

    private void model(String type, Map<String, Object> found, Map<String, Written> written) {
        Written model = written.get("model");
        Written hash = written.get("sha256");
        if (type.equals("onnx") && ModelSource.isAddress(model.text())) {
            address(model, Optional.ofNullable(hash));
            return;
        }
        if (hash != null && type.equals("onnx")) {
            reading.refuse(hash, "is a hash where 'model' is an address");
        }
        Optional.ofNullable(values.existing(model)).ifPresent(path -> found.put("model", Optional.of(path.toString())));
    }

    private void address(Written model, Optional<Written> hash) {
        if (hash.isEmpty()) {
            reading.problem(
                    model.line(),
                    model.key() + ": got an address, allowed is one with 'sha256' beside it, so that it can be no other"
                            + " model");
            return;
        }
        try {
            new ModelSource(URI.create(model.text()), hash.get().text());
        } catch (IllegalArgumentException e) {
            boolean aboutHash = String.valueOf(e.getMessage()).startsWith("sha256");
            Written wrong = aboutHash ? hash.get() : model;
            String allowed = aboutHash
                    ? "are the 64 hexadecimal digits that 'sha256sum FILE' prints for the model"
                    : "are https: addresses, and http: on this machine, without a login";
            reading.refuse(
                    new Written(wrong.line(), wrong.key(), wrong.text(), wrong.source(), false, !aboutHash), allowed);
        }
    }

    private void input(String type, Map<String, Object> found, RecordReader.Place place) {
        if (!(found.get("input") instanceof InputSettings input) || input.equals(InputSettings.USUAL)) {
            return;
        }
        if (!List.of("onnx", "caffe").contains(type)) {
            reading.problem(
                    place.line(),
                    place.of("input") + ": got a value, allowed with the type caffe or onnx only; this detector is "
                            + type);
            return;
        }
        try {
            input.wishes();
        } catch (IllegalArgumentException e) {
            reading.problem(place.line(), place.key() + "." + e.getMessage());
        }
    }
}
