package io.sightline.hub.changes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.sightline.hub.files.AtomicFile;
import io.sightline.hub.files.YamlEdit;
import io.sightline.hub.files.YamlFile;
import io.sightline.hub.files.YamlJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last ten versions of sightline.yaml, one file each in a folder of its own (mode 0600). Secrets that stand in
 * clear in the configuration are kept beside them and not in them. Any thread.
 */
final class Revisions {
    static final int KEPT = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);
    private static final Pattern FILE = Pattern.compile("[1-9][0-9]{0,17}\\.json");
    private static final int MOST_KEYS = 50;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Path folder;
    private final SecretParts parts;
    private final Clock clock;
    private final SecretStore secrets;
    /** The newest last. */
    private final Deque<Revision> revisions = new ArrayDeque<>();

    private @Nullable String announced;
    private Author author = Author.FILE;

    /** @throws UncheckedIOException if the folder cannot be read */
    Revisions(Path folder, SecretParts parts, Clock clock) {
        this.folder = folder;
        this.parts = parts;
        this.clock = clock;
        this.secrets = new SecretStore(folder.resolve("secrets"));
        read().stream().sorted(Comparator.comparingLong(Revision::number)).forEach(revisions::add);
    }

    private List<Revision> read() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var read = new ArrayList<Revision>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            one -> FILE.matcher(one.getFileName().toString()).matches())
                    .toList()) {
                try {
                    read.add(JSON.readValue(file.toFile(), Revision.class));
                } catch (IOException e) {
                    LOG.atWarn().addKeyValue("file", file).log("a revision cannot be read and is passed over");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be read", e);
        }
        return read;
    }

    /** The newest first. */
    synchronized List<Revision> all() {
        var all = new ArrayList<>(revisions);
        Collections.reverse(all);
        return all;
    }

    synchronized Optional<Revision> find(String id) {
        return revisions.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Says who makes the version with this hash, before it is seen in the file. */
    synchronized void announce(String sha256, Author by) {
        announced = sha256;
        author = by;
    }

    /** Keeps a version that has come into force, unless it is the newest already. */
    synchronized void record(YamlFile file) {
        String sha256 = file.sha256();
        Optional<Revision> before = Optional.ofNullable(revisions.peekLast());
        if (before.filter(one -> one.sha256().equals(sha256)).isPresent()) {
            return;
        }
        Author by = sha256.equals(announced) ? author : Author.FILE;
        YamlFile clean = clean(file);
        List<String> changed = before.map(one -> changed(one, clean)).orElse(List.of());
        long number = before.map(Revision::number).orElse(0L) + 1;
        var made = new Revision(
                Long.toString(number),
                clock.instant(),
                by.by(),
                by.via(),
                changed,
                by.restored(),
                sha256,
                clean.text());
        write(made);
        revisions.add(made);
        while (revisions.size() > KEPT) {
            delete(revisions.remove());
        }
        secrets.keepOnly(references());
    }

    private static List<String> changed(Revision before, YamlFile now) {
        YamlFile old = YamlFile.parse(now.path(), before.text());
        return KeyPaths.changed(
                        YamlJson.of(old.root()).path("sightline"),
                        YamlJson.of(now.root()).path("sightline"))
                .stream()
                .limit(MOST_KEYS)
                .toList();
    }

    /** The same file with references in place of secrets. */
    private YamlFile clean(YamlFile file) {
        var edit = new YamlEdit(file);
        edit.replaceTexts((keys, text) -> parts.without(
                keys.get(keys.size() - 1), text, secret -> secrets.keep(keys.subList(1, keys.size()), secret)));
        YamlFile withComments = YamlFile.parse(file.path(), edit.text());
        YamlFile without = YamlFile.parse(file.path(), parts.withoutInComments(edit.text()));
        // a line that begins like a comment may be part of a long text
        return YamlJson.of(without.root()).equals(YamlJson.of(withComments.root())) ? without : withComments;
    }

    /** Names of the secrets that any version refers to. */
    synchronized Set<String> references() {
        var names = new HashSet<String>();
        revisions.forEach(one -> names.addAll(SecretStore.references(one.text())));
        return names;
    }

    /** Where the secrets are that stood in clear in the configuration. */
    SecretStore secrets() {
        return secrets;
    }

    private Path file(Revision revision) {
        return folder.resolve(revision.id() + ".json");
    }

    private void write(Revision revision) {
        try {
            AtomicFile.writeSecret(file(revision), JSON.writeValueAsBytes(revision));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": a revision cannot be written", e);
        }
    }

    private void delete(Revision revision) {
        try {
            Files.deleteIfExists(file(revision));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": a revision cannot be removed", e);
        }
    }
}
