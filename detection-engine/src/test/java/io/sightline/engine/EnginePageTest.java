package io.sightline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in docs/engine.md is one that compiles, and its method is as short as promised. */
class EnginePageTest {
    private static final Pattern PROGRAM =
            Pattern.compile("```java\\n(.*?public class (\\w+) \\{.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void shouldCompileWithTheEngineAlone() throws Exception {
        var matcher = PROGRAM.matcher(Files.readString(Path.of("../docs/engine.md")));
        assertThat(matcher.find()).isTrue();
        Path source = Files.writeString(folder.resolve(matcher.group(2) + ".java"), matcher.group(1));
        var problems = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();

        try (var files = compiler.getStandardFileManager(problems, null, null)) {
            var options = List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(source))
                    .call();
        }

        assertThat(problems.getDiagnostics()).isEmpty();
        assertThat(matcher.group(1).lines().filter(line -> line.startsWith("        ")))
                .hasSizeLessThanOrEqualTo(10);
    }
}
