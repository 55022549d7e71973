package io.sightline.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another JVM of a test, which ends by itself. */
public final class Child {
    private Child() {}

    /** Runs a main class with a folder as its argument to its end and gives the lines that it printed. */
    public static List<String> run(Class<?> main, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> printed = lines.lines().toList();
            process.waitFor();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }
}
