package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory outside the heap really runs out, in a process of its own. */
@Timeout(120)
class ScarceMemoryTest {
    @TempDir
    Path folder;

    @Test
    void shouldSayThatMemoryIsShortAndGoOnOnceThereIsSome() throws Exception {
        // When: beyond 600 MB, the libraries are given nothing more
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-XX:MaxDirectMemorySize=1g",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=600m",
                        "-Dorg.bytedeco.javacpp.maxretries=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScarceMemory.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines;
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines = output.lines().toList();
        }

        // Then: the process lives, each frame has an answer or a reason, and nothing is stuck
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        assertThat(lines.subList(0, 3))
                .containsExactly("before hog: answered 0", "before onnx: answered 0", "before caffe: answered 1");
        assertThat(lines.subList(3, 6)).allMatch(line -> line.matches("meanwhile \\w+: (answered \\d|FAILED .+)"));
        assertThat(lines).anySatisfy(line -> assertThat(line)
                .startsWith("meanwhile hog: FAILED camera 'hog': detector 'hog' failed: ")
                .contains("Physical memory usage is too high"));
        assertThat(lines).anyMatch(line -> line.startsWith("meanwhile open: ") && line.contains("memory"));
        assertThat(lines.subList(7, lines.size()))
                .containsExactly(
                        "after hog: answered 0",
                        "after onnx: answered 0",
                        "after caffe: answered 1",
                        "after open: late",
                        "stuck 0, leased 0");
    }
}
