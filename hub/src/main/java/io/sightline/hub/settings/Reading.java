package io.sightline.hub.settings;

import io.sightline.hub.files.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One reading of sightline.yaml: collects what is wrong, and which ids are referred to.
 *
 * @param references ids that must be among the items of a key; checked when all are read
 * @param words what stands in lists of words, and the labels of filters
 */
record Reading(Path file, Secrets secrets, List<Problem> problems, List<Reference> references, List<Written> words) {

    /** @param target the key whose items hold the id */
    record Reference(String target, Written written) {}

    Reading(Path file, Secrets secrets) {
        this(file, secrets, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void problem(int line, String text) {
        problems.add(new Problem(file, line, text));
    }

    void refuse(Written written, String allowed) {
        problem(written.line(), written.key() + ": got " + written.shown() + ", allowed " + allowed);
    }

    /** A path of the file, from its folder where it is relative. */
    Path resolve(String path) {
        return file.toAbsolutePath().getParent().resolve(path).normalize();
    }
}
