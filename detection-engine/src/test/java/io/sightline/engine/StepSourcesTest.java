package io.sightline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each step from picture to figure has a file of its own, which says where the step is from. */
class StepSourcesTest {
    private static final Path CODE = Path.of("src/main/java/io/sightline/engine");

    /** The comment right before the type that a file is named for. */
    private static final Pattern COMMENT = Pattern.compile(
            "(/\\*\\*(?:(?!\\*/).)*\\*/)\\s*(?:@\\w+(?:\\([\\w.]*\\))?\\s+)*(?:public |final |abstract |sealed )*(?:class|record|interface) ",
            Pattern.DOTALL);

    private static final Pattern YEAR = Pattern.compile("\\b(18|19|20)\\d\\d\\b");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detect/Letterbox",
                "detect/Candidates",
                "detect/HogDetector",
                "detect/HogWindows",
                "detect/HogRegionSearch",
                "detect/CaffeDetector",
                "detect/TrimmedModel",
                "detect/FairQueue",
                "model/YoloGrid",
                "motion/SmallPicture",
                "motion/Background",
                "motion/LearningRates",
                "motion/LightChange",
                "motion/CameraShift",
                "motion/Blobs",
                "track/FrameObjects",
                "track/FrameColours",
                "track/Colours",
                "track/AxisFilter",
                "track/BoxFilter",
                "track/Matching",
                "track/Assignment",
                "track/Followed",
                "track/Rediscovery",
                "track/Tracker",
                "scene/Geometry",
                "scene/SteadySide",
                "scene/Crossing",
                "scene/GroundPlane",
                "scene/Equations",
                "scene/GroundMotion",
                "evidence/Sharpness",
                "video/Redaction",
                "offline/Recording",
                "evaluate/Pairing",
                "evaluate/BestSum",
                "evaluate/BoxScoring",
                "evaluate/TrackScoring"
            })
    @MethodSource("decoders")
    void shouldNameTheSourceOfEachStep(String step) throws IOException {
        assertThat(comment(step)).containsPattern(YEAR).doesNotContain("TODO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "motion/MotionGate",
                "motion/MotionModel",
                "scene/NearMisses",
                "scene/LostOnes",
                "scene/Crowd",
                "scene/Visitor"
            })
    void shouldSayWhatIsOurOwn(String step) throws IOException {
        assertThat(comment(step)).containsPattern("Source: that|No outside source: ");
    }

    static List<String> decoders() throws IOException {
        try (var files = Files.list(CODE.resolve("model"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Decoder.java") && !name.equals("Decoder.java"))
                    .map(name -> "model/" + name.replace(".java", ""))
                    .toList();
        }
    }

    private static String comment(String step) throws IOException {
        var matcher = COMMENT.matcher(Files.readString(CODE.resolve(step + ".java")));
        assertThat(matcher.find()).as(step).isTrue();
        return matcher.group(1);
    }
}
