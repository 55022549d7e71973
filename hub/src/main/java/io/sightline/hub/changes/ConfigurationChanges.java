package io.sightline.hub.changes;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.hub.files.FileProblems;
import io.sightline.hub.files.YamlEdit;
import io.sightline.hub.files.YamlFile;
import io.sightline.hub.files.YamlJson;
import io.sightline.hub.settings.SettingsFile;
import io.sightline.hub.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes sightline.yaml as callers ask, and puts it to work before it returns. What would make the file wrong is not
 * written. Any thread; one change at a time.
 */
public final class ConfigurationChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationChanges.class);
    private static final List<String> CAMERAS = List.of("sightline", "cameras");

    private final Path folder;
    private final ConfigurationFile file;
    private final SettingsFile settings;
    private final Revisions revisions;
    private final SecretStore secrets;
    private final WantedKeys wantedKeys;
    private final Etags etags = new Etags();

    /** @param folder of the configuration */
    ConfigurationChanges(Path folder, SettingsFile settings, Revisions revisions) {
        this.folder = folder;
        this.file = new ConfigurationFile(folder.resolve(SettingsLoader.FILE));
        this.settings = settings;
        this.revisions = revisions;
        this.secrets = new SecretStore(SettingsLoader.secretsFolder(folder));
        this.wantedKeys = new WantedKeys(new SecretParts(SettingsLoader.secretKeys()), secrets);
    }

    /** @throws ChangeRefusedException if there is no such camera, or the file is no YAML */
    public CameraKeys camera(String id) {
        return camera(file.read(), id);
    }

    private CameraKeys camera(YamlFile now, String id) {
        JsonNode keys = written(now, id);
        if (keys.isMissingNode()) {
            throw ChangeRefusedException.missing("The camera");
        }
        return new CameraKeys(id, wantedKeys.shown(id, keys), etags.of(id + " " + keys));
    }

    private static JsonNode written(YamlFile now, String id) {
        return YamlJson.of(now.root()).path("sightline").path("cameras").path(id);
    }

    /** @param keys of the new camera, as in the file */
    public synchronized CameraKeys create(String id, JsonNode keys, Asked asked) {
        YamlFile before = valid();
        if (!written(before, id).isMissingNode()) {
            throw ChangeRefusedException.conflict("camera '" + id + "' exists already; change it, or take another id");
        }
        return put(before, id, keys, asked);
    }

    /** @param keys all that the file is to say of the camera; secrets that are null stay */
    public synchronized CameraKeys change(String id, JsonNode keys, Asked asked) {
        YamlFile before = valid();
        etags.require(asked.ifMatch(), camera(before, id).etag());
        return put(before, id, keys, asked);
    }

    public synchronized void remove(String id, Asked asked) {
        YamlFile before = valid();
        etags.require(asked.ifMatch(), camera(before, id).etag());
        JsonNode expected = KeyPaths.without(YamlJson.of(before.root()), keys(id));
        var change = new Change(before, expected, "cameras." + id, Author.rest(asked.by()));
        make(change, edit -> edit.remove(keys(id)));
    }

    private CameraKeys put(YamlFile before, String id, JsonNode wanted, Asked asked) {
        JsonNode old = written(before, id);
        try {
            JsonNode meant = wantedKeys.camera(id, normal(wanted), old);
            JsonNode expected = KeyPaths.with(YamlJson.of(before.root()), keys(id), meant);
            var change = new Change(before, expected, "cameras." + id, Author.rest(asked.by()));
            return camera(make(change, edit -> KeyPaths.change(edit, keys(id), old, meant)), id);
        } catch (ChangeRefusedException e) {
            dropUnusedSecrets();
            throw e;
        }
    }

    private static JsonNode normal(JsonNode wanted) {
        try {
            return YamlJson.normal(wanted);
        } catch (IllegalArgumentException e) {
            throw ChangeRefusedException.invalid(new FieldProblem("", null, null, String.valueOf(e.getMessage())));
        }
    }

    private static List<String> keys(String id) {
        return List.of(CAMERAS.get(0), CAMERAS.get(1), id);
    }

    /**
     * One change under way.
     *
     * @param expected what the file has to say afterwards
     * @param item the key that problems are told from
     */
    private record Change(YamlFile before, JsonNode expected, String item, Author author) {}

    private YamlFile make(Change change, Consumer<YamlEdit> work) {
        var edit = new YamlEdit(change.before());
        try {
            work.accept(edit);
        } catch (FileProblems | IndexOutOfBoundsException e) {
            throw unreadable();
        }
        if (!YamlJson.of(edit.root()).equals(change.expected())) {
            throw unreadable();
        }
        return write(new Replacement(change.before().text(), edit.text(), change.item(), change.author()));
    }

    /** @param before what the file has to hold still when its text is replaced */
    private record Replacement(String before, String text, String item, Author author) {}

    /** Explicit keys, texts on many lines and the like, in places where this change would have to know of them. */
    private ChangeRefusedException unreadable() {
        return ChangeRefusedException.conflict(
                file.path() + ": is written in a way that this change cannot be made in; make it in the file itself");
    }

    private YamlFile write(Replacement replacement) {
        YamlFile after = checked(replacement.text(), replacement.item());
        if (replacement.text().equals(replacement.before())) {
            return after;
        }
        Author author = replacement.author();
        revisions.announce(after.sha256(), author);
        file.replace(replacement.before(), replacement.text());
        LOG.atInfo()
                .addKeyValue("caller", author.by().orElse(""))
                .addKeyValue("item", replacement.item())
                .log("the configuration was changed through REST");
        keep(after);
        settings.reload();
        dropUnusedSecrets();
        return after;
    }

    private YamlFile checked(String text, String item) {
        try {
            SettingsLoader.check(folder, text);
            return YamlFile.parse(file.path(), text);
        } catch (FileProblems e) {
            throw ChangeRefusedException.invalid(e, item);
        }
    }

    /** The file as it is, which has to be right before anything is changed in it. */
    private YamlFile valid() {
        YamlFile now = file.read();
        try {
            SettingsLoader.check(folder, now.text());
        } catch (FileProblems e) {
            throw ChangeRefusedException.wrongBefore(e);
        }
        return now;
    }

    /** A file that has come into force becomes a revision; the hub goes on where it cannot be kept. */
    private void keep(YamlFile now) {
        try {
            revisions.record(now);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a revision of the configuration could not be kept");
        }
    }

    /** To be called when new settings are in force that came with this version of the file. */
    void seen(String sha256) {
        try {
            YamlFile now = file.read();
            if (now.sha256().equals(sha256)) {
                keep(now);
            }
        } catch (ChangeRefusedException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("the configuration has changed again");
        }
    }

    private void dropUnusedSecrets() {
        try {
            var used = new HashSet<>(SecretStore.references(file.text()));
            used.addAll(revisions.references());
            secrets.keepOnly(used);
        } catch (ChangeRefusedException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("secrets that nobody uses could not be removed");
        }
    }

    /** Some revisions, and what the file holds now. */
    public record Kept(List<Revision> revisions, String currentSha256, String etag) {
        public boolean isCurrent(Revision revision) {
            return revision.sha256().equals(currentSha256)
                    && revisions.stream()
                            .filter(one -> one.sha256().equals(currentSha256))
                            .findFirst()
                            .filter(revision::equals)
                            .isPresent();
        }
    }

    /** The newest first. */
    public Kept revisions() {
        String now = file.text();
        return new Kept(revisions.all(), YamlFile.sha256(now), etags.of(now));
    }

    public Revision revision(String id) {
        return revisions.find(id).orElseThrow(() -> ChangeRefusedException.missing("The revision"));
    }

    /** Goes back to a revision; the file may be wrong before. @return the new one */
    public synchronized Revision restore(String id, Asked asked) {
        Revision wanted = revision(id);
        String before = file.text();
        etags.require(asked.ifMatch(), etags.of(before));
        try {
            secrets.copyMissing(revisions.secrets(), wanted.text());
            write(new Replacement(before, wanted.text(), "", Author.restore(asked.by(), wanted)));
        } catch (ChangeRefusedException e) {
            dropUnusedSecrets();
            throw e;
        }
        return revisions.all().get(0);
    }
}
