package io.sightline.hub.routefiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFoldersTest {
    @TempDir
    Path home;

    @Test
    void shouldFindFilesInFoldersBelowButNotWhatABuildLeftOrWhatIsHidden() throws IOException {
        Path own = home.resolve("routes");
        write(own, "a.camel.yaml");
        write(own, "site/b.camel.yaml");
        write(own, "target/classes/c.camel.yaml");
        write(own, ".git/d.camel.yaml");
        write(own, ".e.camel.yaml");
        write(own, "notes.yaml");

        assertThat(new RouteFolders(own, own).files()).containsOnlyKeys("a.camel.yaml", "site/b.camel.yaml");
    }

    @Test
    void shouldLetAFileOfTheEngineerReplaceOurs() throws IOException {
        Path own = home.resolve("target").resolve("routes");
        Path engineers = home.resolve("more");
        write(own, "a.camel.yaml");
        write(own, "b.camel.yaml");
        Path replaced = write(engineers, "b.camel.yaml");

        var files = new RouteFolders(own, engineers).files();

        assertThat(files).containsOnlyKeys("a.camel.yaml", "b.camel.yaml").containsEntry("b.camel.yaml", replaced);
        assertThat(new RouteFolders(own, home.resolve("missing")).files()).hasSize(2);
    }

    private static Path write(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
