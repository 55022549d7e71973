package io.sightline.hub.launcher;

import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.net.AddressSecrets;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.privacy.PrivacySettings.Strength;
import io.sightline.engine.video.VideoSettings;
import io.sightline.hub.settings.CameraUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the command line of {@code detect} says.
 *
 * @param input read once, as fast as possible
 * @param mot file for lines in the MOT format
 * @param json file for one JSON object per frame
 * @param annotate MP4 file for the pictures with boxes
 * @param privacy what the annotated pictures do not show
 * @param motion which frames are looked at
 * @param scoring what results are to be compared with
 * @param summary file for one JSON object about the whole run
 */
record DetectOptions(
        VideoSettings input,
        DetectorOptions detector,
        Optional<Path> mot,
        Optional<Path> json,
        Optional<Path> annotate,
        PrivacySettings privacy,
        MotionSettings motion,
        Optional<Scoring> scoring,
        Optional<Path> summary) {
    private static final Set<String> OTHERS =
            Set.of("mot", "json", "annotate", "blur", "privacy-strength", "truth", "iou", "summary");
    private static final Set<String> FLAGS = Stream.of(DetectorOptions.FLAGS, Set.of("gate"))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> ALL =
            Stream.of(DetectorOptions.NAMES, OTHERS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private static final List<String> STRENGTHS = Arrays.stream(Strength.values())
            .map(strength -> strength.name().toLowerCase(Locale.ROOT))
            .toList();

    private static final double DEFAULT_OVERLAP = 0.5;

    /**
     * How results are judged.
     *
     * @param truth file with the boxes that are there
     * @param minOverlap intersection over union from which on a box is a hit, above 0 up to 1
     */
    record Scoring(Path truth, double minOverlap) {}

    static DetectOptions read(List<String> arguments) {
        var line = new CommandLine(arguments, ALL, FLAGS);
        if (line.words().size() != 1) {
            throw new UsageException("detect needs one input (a video file, a folder of images, an rtsp: or demo:"
                    + " address), got " + line.words().size());
        }
        String word = line.words().get(0);
        try {
            var options = new DetectOptions(
                    input(word),
                    DetectorOptions.read(line),
                    file(line, "mot"),
                    file(line, "json"),
                    file(line, "annotate"),
                    privacy(line),
                    line.has("gate") ? MotionSettings.defaults() : MotionSettings.everyFrame(),
                    scoring(line),
                    file(line, "summary"));
            options.refuseToOverwrite(line, word);
            return options;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static PrivacySettings privacy(CommandLine line) {
        if (line.has("privacy-strength") && !line.has("blur")) {
            throw new UsageException("--privacy-strength is for --blur A,B");
        }
        if (line.has("blur") && !line.has("annotate")) {
            throw new UsageException("--blur is for --annotate FILE.mp4; the other files hold no pictures");
        }
        String strength = DetectorOptions.word(line, "privacy-strength", "strong", STRENGTHS);
        return new PrivacySettings(
                line.text("blur").map(DetectorOptions::words).orElse(Set.of()),
                List.of(),
                Strength.valueOf(strength.toUpperCase(Locale.ROOT)));
    }

    private static Optional<Scoring> scoring(CommandLine line) {
        double overlap = line.decimal("iou").orElse(DEFAULT_OVERLAP);
        if (!(overlap > 0 && overlap <= 1)) {
            throw new UsageException("--iou: got " + overlap + ", allowed is more than 0 and at most 1");
        }
        Optional<Path> truth = file(line, "truth");
        if (truth.isEmpty() && line.has("iou")) {
            throw new UsageException("--iou is for --truth FILE");
        }
        return truth.map(file -> new Scoring(file, overlap));
    }

    private static VideoSettings input(String word) {
        Optional<CameraUri> uri = CameraUri.parse(word);
        if (uri.isEmpty() || Files.exists(Path.of(word))) {
            return VideoSettings.of(
                    "input", "file:" + Path.of(word).toAbsolutePath().normalize());
        }
        if (uri.get().scheme().equals("folder")) {
            throw new UsageException("a folder: is watched without end; give the folder itself, without 'folder:'");
        }
        AddressSecrets.doubt(word).ifPresent(allowed -> {
            throw new UsageException("got '" + AddressSecrets.hidden(word) + "', allowed " + allowed);
        });
        var settings = VideoSettings.of("input", uri.get().address());
        return uri.get()
                .username()
                .map(name -> settings.with(
                        new VideoSettings.Login(name, uri.get().password().orElse(""))))
                .orElse(settings);
    }

    private static Optional<Path> file(CommandLine line, String option) {
        return line.text(option).map(Path::of).map(Path::toAbsolutePath).map(Path::normalize);
    }

    /** A slip of the fingers must not cost anybody a recording. */
    private void refuseToOverwrite(CommandLine line, String word) {
        annotate.filter(file -> !file.toString().endsWith(".mp4")).ifPresent(file -> {
            throw new UsageException("--annotate: got '" + file + "', allowed is a name that ends in .mp4");
        });
        var taken = new ArrayList<>(List.of(Path.of(word)));
        taken.addAll(DetectorOptions.files(line));
        scoring.map(Scoring::truth).ifPresent(taken::add);
        for (Optional<Path> output : List.of(mot, json, annotate, summary)) {
            output.ifPresent(file -> {
                if (taken.stream().anyMatch(other -> same(other, file))) {
                    throw new UsageException(file + " is named twice; give each output a file of its own");
                }
                taken.add(file);
            });
        }
    }

    private static boolean same(Path one, Path other) {
        try {
            return one.toAbsolutePath().normalize().equals(other) || Files.isSameFile(one, other);
        } catch (IOException e) {
            return false; // at least one of them does not exist
        }
    }
}
